import type { LineAtHand } from '../../../operator/edge/index.ts'
import { type Executor, together } from '../../../platform/database/index.ts'
import type { My } from '../my.ts'
import { rulesFor } from './rules.ts'
import { type CallerRow, findCallersByTokens } from './session-store.ts'

type Deps = Pick<My, 'db' | 'clock' | 'edge'>

/** What a request brings. */
export interface Asking {
  readonly tokenHash: Buffer
  /** The line that it is about. */
  readonly lineId: string | undefined
}

export interface Found {
  /** undefined: the session is not open. */
  readonly caller: CallerRow | undefined
  /** What is at hand of the line, whoever asks: it is told to its people alone. */
  readonly line: LineAtHand | undefined
}

/** Who calls, in the order given, and in the same trip what is at hand of the lines that they ask about. */
export async function findCallers(deps: Deps, askings: readonly Asking[]): Promise<Found[]> {
  const { db } = deps
  const lineIds = new Set(askings.flatMap(({ lineId }) => lineId ?? []))
  const [callers, lines] =
    lineIds.size === 0
      ? [await readCallers(db, deps, askings), new Map<string, LineAtHand>()]
      : await together(db, (flight) => [
          readCallers(flight, deps, askings),
          readLines(flight, deps, [...lineIds]),
        ])
  return askings.map(({ lineId }, n) => ({
    caller: callers[n],
    line: lineId === undefined ? undefined : lines.get(lineId),
  }))
}

function readCallers(
  db: Executor,
  { clock }: Deps,
  askings: readonly Asking[],
): Promise<(CallerRow | undefined)[]> {
  const now = clock.now()
  const before = (trusted: boolean) => new Date(now.getTime() - rulesFor(trusted).touch)
  const hashes = askings.map(({ tokenHash }) => tokenHash)
  return findCallersByTokens(db, hashes, { now, touch: { trusted: before(true), other: before(false) } })
}

/** A line that cannot be read keeps nobody from being known: it is not at hand, and whoever looks at it is told why by their own reading. */
const readLines = (db: Executor, { edge }: Deps, lineIds: readonly string[]) =>
  edge.linesAtHand(db, lineIds).catch(() => new Map<string, LineAtHand>())
