import { Id } from '../../../../contracts/primitives.ts'
import type { LineAtHand } from '../../../operator/edge/index.ts'
import { type Executor, together } from '../../../platform/database/index.ts'
import type { My } from '../my.ts'
import { callerOf, remembering } from './session-memory.ts'
import { type CallerRow, findCallersByTokens } from './session-store.ts'

type Deps = Pick<My, 'db' | 'clock' | 'edge' | 'memory'>

/** What a request brings. */
export interface Asking {
  /** In hexadecimal digits. */
  readonly tokenHash: string
  /** The line that it is about; whoever asks may have named anything. */
  readonly lineId: string | undefined
}

export interface Found {
  /** undefined: the session is not open. */
  readonly caller: CallerRow | undefined
  /** What is at hand of the line, whoever asks: it is told to its people alone. */
  readonly line: LineAtHand | undefined
}

/** Who calls and the line that they ask about, if all of it is in memory and holds; what was committed before the call counts. */
export async function findInMemory(deps: Deps, { tokenHash, lineId }: Asking): Promise<Found | undefined> {
  const { memory, edge, clock } = deps
  const session = memory.sessions.get(tokenHash)
  const line = lineId === undefined ? undefined : edge.lineInMemory(lineId)
  if (!session || (lineId !== undefined && !line)) return undefined
  await memory.catchUp()
  const asOf = clock.now()
  const caller = callerOf(session, asOf)
  if (!caller || line?.holds(asOf) === false) return undefined
  return { caller, line: line && { people: line.value.people, value: line.value.value, asOf } }
}

/** Who calls, in the order given, and in the same trip what is at hand of the lines that they ask about. */
export async function findCallers(deps: Deps, askings: readonly Asking[]): Promise<Found[]> {
  const { db } = deps
  const lineIds = new Set(askings.flatMap(({ lineId }) => Id.safeParse(lineId).data ?? []))
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
  { clock, memory }: Deps,
  askings: readonly Asking[],
): Promise<(CallerRow | undefined)[]> {
  const hashes = askings.map(({ tokenHash }) => tokenHash)
  return remembering(memory, hashes, () =>
    findCallersByTokens(
      db,
      hashes.map((hash) => Buffer.from(hash, 'hex')),
      clock.now(),
    ),
  )
}

/** A line that cannot be read keeps nobody from being known: it is not at hand, and whoever looks at it is told why by their own reading. */
const readLines = (db: Executor, { edge }: Deps, lineIds: readonly string[]) =>
  edge.linesAtHand(db, lineIds).catch(() => new Map<string, LineAtHand>())
