import type { ContainmentBreak } from '../../../../contracts/containment.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Period } from './count-visits.ts'

const MOST = 200

/** Where numbers of a period begin to mean something else, oldest first: by the measure's own definition, and by what a flow counts as completed. */
export async function findBreaks(db: Executor, period: Period): Promise<ContainmentBreak[]> {
  const found = [...(await definitionBreaks(db, period)), ...(await flowBreaks(db, period))]
  return found.sort((a, b) => a.at.localeCompare(b.at))
}

async function definitionBreaks(db: Executor, { from, to }: Period): Promise<ContainmentBreak[]> {
  const versions = await rows(
    db,
    sql<{ definition: number; at: Date }>`select definition, min(began_at) as at from assistant.visit
      where began_at >= ${from} and began_at < ${to} group by definition order by at`,
  )
  return versions.flatMap(({ definition, at }, place) => {
    const before = versions[place - 1]
    if (!before) return []
    const versionsOf = { from: before.definition, to: definition }
    return [{ at: at.toISOString(), kind: 'definition' as const, flow: null, title: null, ...versionsOf }]
  })
}

interface PutInForce {
  readonly key: string
  readonly at: Date
  readonly version: number
  readonly before: number
  readonly flow: Flow
  readonly flowBefore: Flow
}

async function flowBreaks(db: Executor, { from, to }: Period): Promise<ContainmentBreak[]> {
  const put = await rows(
    db,
    sql<PutInForce>`
      select p.flow_key as key, p.at, p.flow_version as version, p.before, n.flow, o.flow as "flowBefore" from (
        select flow_key, at, flow_version, lag(flow_version) over (partition by flow_key order by version) as before
        from assistant.flow_step where act <> 'drafted') p
      join assistant.flow_step n on n.flow_key = p.flow_key and n.version = p.flow_version
      join assistant.flow_step o on o.flow_key = p.flow_key and o.version = p.before
      where p.at >= ${from} and p.at < ${to} and p.before <> p.flow_version order by p.at limit ${MOST}`,
  )
  return put
    .filter(({ flow, flowBefore }) => completedIn(flow) !== completedIn(flowBefore))
    .map(({ key, at, version, before, flow }) => ({
      at: at.toISOString(),
      kind: 'flow' as const,
      flow: key,
      title: flow.title,
      from: before,
      to: version,
    }))
}

/** Where a flow says that what was wanted is done. */
function completedIn({ nodes }: Flow): string {
  const marked = Object.entries(nodes).filter(([, node]) => 'done' in node && node.done === true)
  return marked
    .map(([id]) => id)
    .sort()
    .join(' ')
}
