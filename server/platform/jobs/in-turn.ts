/**
 * Does every step, in turn, whichever fails; then throws what failed. For work that is kept up by being done again and again: what keeps one
 * table from being emptied must not let the others grow.
 */
export async function inTurn(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, `${failures.length} steps failed`)
  if (failures.length === 1) throw failures[0]
}
