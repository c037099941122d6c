import { queryClient } from '../data/query-client.ts'
import { say, sayProblem } from '../parts/say.ts'

/** Does something, says a refusal, and reads the named lists again. */
export async function run(act: Promise<unknown>, reads: readonly string[], done?: string): Promise<void> {
  try {
    await act
    if (done) say(done)
  } catch (error) {
    sayProblem(error)
  }
  for (const key of reads) void queryClient.invalidateQueries({ queryKey: [key] })
}
