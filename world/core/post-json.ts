/** How a webhook receiver answered: an HTTP status with its `Retry-After` in seconds, or why there was no answer. */
export type Answer = { status: number; retryAfterS: number | undefined } | { status: 0; reason: string }

/**
 * Posts JSON to a webhook. Never throws: what the receiver did is the result.
 * @param limitMs how long the service waits for the answer
 */
export async function postJson(
  url: string,
  body: string,
  headers: Record<string, string>,
  limitMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
    })
    await response.arrayBuffer()
    const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
    return { status: response.status, retryAfterS: Number.isFinite(retryAfter) ? retryAfter : undefined }
  } catch (error) {
    return { status: 0, reason: error instanceof Error ? error.message : String(error) }
  }
}
