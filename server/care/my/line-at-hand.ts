import type { FastifyRequest } from 'fastify'
import { my as contract } from '../../../contracts/my.ts'
import type { LineAtHand } from '../../operator/edge/index.ts'

const HOME = `${contract.getMyHome.path}?`
const AT_HAND = Symbol('line at hand')
declare module 'fastify' {
  interface FastifyRequest {
    /** Read beside the session, before anybody knew who asks. */
    [AT_HAND]?: LineAtHand | undefined
  }
}

/** What a request for the first screen names as its line, whatever it is. */
export function lineAskedFor({ url, query }: FastifyRequest): string | undefined {
  if (!url.startsWith(HOME) || typeof query !== 'object' || query === null || !('line' in query))
    return undefined
  return typeof query.line === 'string' ? query.line : undefined
}

/** Keeps for the handler what was read beside the session. */
export function putAtHand(request: FastifyRequest, line: LineAtHand | undefined): void {
  request[AT_HAND] = line
}

/** What was read of the line that the request names, for whoever is one of its people. */
export const lineAtHand = (request: FastifyRequest): LineAtHand | undefined => request[AT_HAND]
