export interface Batches {
  /** Rows of one statement; default 5000. */
  readonly atOnce?: number
  /** Statements of one run; default 100. What is left over is for the next run. */
  readonly most?: number
}

/**
 * Does a step that handles at most `limit` rows again until nothing is left, or enough was done for one run: a backlog of years is worked off
 * by many short statements, each committed, and keeps what comes after it waiting no longer than that. Gives how many rows.
 */
export async function inBatches(
  step: (limit: number) => Promise<number>,
  { atOnce = 5_000, most = 100 }: Batches = {},
): Promise<number> {
  let done = 0
  for (let batch = 0; batch < most; batch++) {
    const some = await step(atOnce)
    done += some
    if (some < atOnce) break
  }
  return done
}
