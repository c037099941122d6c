/**
 * Everything that leaves over HTTP goes through this one client: channels, webhooks, remote files and images.
 *
 * - Private, loopback, link-local and other inner addresses are refused after DNS, at the moment of connecting (a name that is
 *   rebound meanwhile gains nothing) and again at each redirect; origins that the operator trusts are exempt.
 * - Every answer is bounded in time and size. Nothing is decompressed, no proxy is taken from the environment.
 * - A failure of the other side is `Unavailable`: it says when to retry and whether the request may have arrived.
 */

export { createOutgoing, type OutgoingOptions } from './create-outgoing.ts'
export { isInnerAddress } from './inner-addresses.ts'
export { mayHaveBeenDone } from './may-have-been-done.ts'
export type { Answer, Download, Outgoing, OutgoingRequest } from './outgoing.ts'
export { requirePublicUrl } from './require-public-url.ts'
export { type RetryPolicy, retryAfterOf, retryDelay } from './retry.ts'
export { Unavailable } from './unavailable.ts'
export { whyUnreached } from './why-unreached.ts'
