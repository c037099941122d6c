/** Envoy's 503 for a connection that broke with the request in it (response flag UC); one that could not be made has other words. */
const BROKE_WITH_IT = /reset before headers. reset reason: (?:connection termination|remote reset)/

/**
 * Whether a request may have been done although its answer is no success: then it may not be repeated by itself unless the API has keys
 * that make repeats safe. RFC 9110 §15 as services and what stands before them use it; why so: decision 0045.
 * @param ownWords in the form of the API itself; else a proxy or a load balancer between us and it spoke
 */
export function mayHaveBeenDone(status: number, body: Buffer, ownWords: boolean): boolean {
  if (status < 400 || status === 502 || status === 504) return true
  if (status < 500 || ownWords) return false
  return status !== 503 || BROKE_WITH_IT.test(body.subarray(0, 1024).toString('latin1'))
}
