import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A webhook receiver for tests: keeps what it got, answers as told, 200 when nothing is told. */
export interface Receiver {
  url: string
  got: { headers: IncomingHttpHeaders; raw: string; body: ReturnType<typeof JSON.parse> }[]
  /** Answers to come, one a request: a status, a status with Retry-After seconds, or no answer at all. */
  answers: (number | { status: number; retryAfterS: number } | 'silence')[]
  close(): Promise<void>
}

export async function aReceiver(): Promise<Receiver> {
  const receiver: Pick<Receiver, 'got' | 'answers'> = { got: [], answers: [] }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      receiver.got.push({ headers: request.headers, raw, body: JSON.parse(raw) })
      const answer = receiver.answers.shift() ?? 200
      if (answer === 'silence') return
      const { status, retryAfterS } =
        typeof answer === 'number' ? { status: answer, retryAfterS: undefined } : answer
      response
        .writeHead(status, retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) })
        .end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { ...receiver, url: `http://127.0.0.1:${port}/hook`, close }
}
