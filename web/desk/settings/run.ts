import { queryClient } from '../data/query-client.ts'
import { say, sayProblem } from '../parts/say.ts'

/** Does something, says a refusal (in the words of the place where it has its own), and reads the named lists again. */
export async function run(
  act: Promise<unknown>,
  reads: readonly string[],
  done?: string,
  explain: (error: unknown) => string | null = () => null,
): Promise<void> {
  try {
    await act
    if (done) say(done)
  } catch (error) {
    sayProblem(error, explain(error))
  }
  for (const key of reads) void queryClient.invalidateQueries({ queryKey: [key] })
}
