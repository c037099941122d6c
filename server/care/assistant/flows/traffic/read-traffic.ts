import type { FlowTraffic } from '../../../../../contracts/assistant.ts'
import type { Clock } from '../../../../platform/clock.ts'
import type { Executor } from '../../../../platform/database/index.ts'
import { hourOf } from './count-traffic.ts'
import { countFresh, type Passage, readMark, sumTraffic } from './traffic-store.ts'

const DAY_MS = 86_400_000
/** Longer than this is not counted while somebody waits: the job is behind, and the answer says so. */
const FRESH_MS = 900_000

/** What went through a flow in the days up to now, over all its versions, by the names of its nodes. */
export async function readTraffic(
  db: Executor,
  clock: Clock,
  { key, days }: { readonly key: string; readonly days: number },
): Promise<FlowTraffic> {
  const now = clock.now()
  const since = hourOf(new Date(now.getTime() - days * DAY_MS))
  const mark = await readMark(db)
  const isFresh = mark !== null && now.getTime() - mark.getTime() <= FRESH_MS
  const counted = await sumTraffic(db, key, since)
  const fresh = isFresh ? await countFresh(db, key, mark, now) : []
  return {
    ...trafficOf([...counted, ...fresh]),
    since: since.toISOString(),
    countedTo: (isFresh ? now : mark)?.toISOString() ?? null,
  }
}

type Figures = FlowTraffic['steps'][number]

/** Figures by node and way. Whoever came to a node and neither went on nor ended there, stopped there. */
export function trafficOf(passages: readonly Passage[]): Pick<FlowTraffic, 'steps' | 'ways'> {
  const ways = new Map<string, { from: string; to: string; times: number }>()
  const steps = new Map<string, { -readonly [K in keyof Omit<Figures, 'node' | 'stopped'>]: number }>()
  const stepOf = (node: string) => {
    const known = steps.get(node) ?? { came: 0, wentOn: 0, toPeople: 0, elsewhere: 0, ended: 0 }
    steps.set(node, known)
    return known
  }
  for (const { from, to, times } of passages) {
    if (to === '*hand-over') stepOf(from).toPeople += times
    else if (to === '*start') stepOf(from).elsewhere += times
    else if (to.startsWith('*')) stepOf(from).ended += times
    else {
      stepOf(to).came += times
      if (from === '') continue
      stepOf(from).wentOn += times
      const key = `${from} ${to}`
      const way = ways.get(key)
      ways.set(key, { from, to, times: (way?.times ?? 0) + times })
    }
  }
  const figures = [...steps].map(([node, one]): Figures => {
    const gone = one.wentOn + one.toPeople + one.elsewhere + one.ended
    return { node, ...one, stopped: Math.max(0, one.came - gone) }
  })
  return { steps: figures.sort((a, b) => b.came - a.came), ways: [...ways.values()] }
}
