/** Waits until `look` gives something else than undefined or false; its last failure is thrown when the time is over. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const until = Date.now() + withinMs
  let failure: unknown = new Error('it did not happen in time')
  while (Date.now() < until) {
    try {
      const found = await look()
      if (found !== undefined && found !== false) return found
    } catch (error) {
      failure = error
    }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw failure
}
