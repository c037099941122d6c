import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** The id under which a request is traced: the one that came with it if it is sane, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id']
  // With a letter in it: an id must not be a way to plant a phone number into the logs.
  const sane = typeof given === 'string' && /^(?=.*[A-Za-z])[A-Za-z0-9._-]{8,64}$/.test(given)
  return sane ? given : randomUUID()
}
