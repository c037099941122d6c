import { Readable } from 'node:stream'
import { Refusal } from '../refusal.ts'
import { failureOf } from './failures.ts'

/** The body as it comes, until it is longer than allowed; failures of the connection become `Unavailable`. */
export function boundedBody(body: Readable, maxBytes: number, service: string): Readable {
  // It may run out of time before anybody reads: whoever reads later is told, and the process does not end of it.
  body.on('error', () => undefined)
  const stream = Readable.from(bounded(body, maxBytes, service), { objectMode: false })
  // If nobody reads it at all, the connection must not wait for its timeout.
  return stream.once('close', () => abandon(body))
}

/** Ends a body that nobody will read; its complaint about that has nobody to hear it. */
export function abandon(body: Readable): void {
  body.on('error', () => undefined)
  body.destroy()
}

async function* bounded(body: Readable, maxBytes: number, service: string): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const part of body) {
      bytes += part.length
      if (bytes > maxBytes) throw new Refusal('payload_too_large', { maxBytes, service })
      yield part
    }
  } catch (error) {
    throw failureOf(error, service)
  }
}
