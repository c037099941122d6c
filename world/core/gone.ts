import type { FastifyReply } from 'fastify'

/** Aborts when the caller's connection is closed: nobody waits for the answer of a long poll any more. */
export function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
