import type { Bus } from '../../../platform/bus/index.ts'
import { type Db, type Executor, one, type RawSql, sql } from '../../../platform/database/index.ts'
import { countUnfiled } from '../inbound/unfiled.ts'
import type { TimelineNotice } from '../live/notices.ts'

/** Counters stop here; the screen shows 999+. */
const MOST = 1000
/** A notice may get lost: what it would have told is counted by then. */
const MAX_AGE_MS = 1_000

export interface Counters {
  readonly mine: { readonly open: number; readonly snoozed: number }
  readonly unassigned: { readonly open: number }
  readonly all: { readonly open: number; readonly snoozed: number; readonly muted: number }
  /** Events that wait for a person to look at them. */
  readonly unfiled: number
}

type Shared = Pick<Counters, 'unassigned' | 'all'>

/** Counters of the inbox's tabs, each up to 1000 along an index: bounded work whatever there is. */
export interface InboxCounters {
  read(agentId: string): Promise<Counters>
}

/**
 * What is the same for every agent is counted once a change, however many agents look: a notice of a change forgets it, and so does a
 * second.
 */
export function createInboxCounters(db: Db, bus: Bus<TimelineNotice>): InboxCounters {
  let shared: { readonly at: number; readonly counted: Promise<Shared> } | undefined
  const forget = () => {
    shared = undefined
  }
  bus.subscribe(({ type }) => {
    if (type === 'inbox' || type === 'conversation') forget()
  })

  const readShared = () => {
    if (shared && performance.now() - shared.at < MAX_AGE_MS) return shared.counted
    const mine = { at: performance.now(), counted: countShared(db) }
    shared = mine
    mine.counted.catch(() => {
      if (shared === mine) forget()
    })
    return mine.counted
  }
  return {
    read: async (agentId) => {
      const [common, mine, unfiled] = await Promise.all([
        readShared(),
        countMine(db, agentId),
        countUnfiled(db),
      ])
      return { ...common, mine, unfiled }
    },
  }
}

const upTo = (filter: RawSql): RawSql =>
  sql`(select count(*)::int from (select 1 from timeline.conversation c where ${filter} limit ${MOST}) counted)`

async function countShared(db: Executor): Promise<Shared> {
  const { unassigned, ...all } = await one(
    db,
    sql<{ unassigned: number; open: number; snoozed: number; muted: number }>`select
      ${upTo(sql`c.assignee_id is null and c.state = 'open'`)} as unassigned,
      ${upTo(sql`c.state = 'open'`)} as open,
      ${upTo(sql`c.state = 'snoozed'`)} as snoozed,
      ${upTo(sql`c.state = 'muted'`)} as muted`,
  )
  return { unassigned: { open: unassigned }, all }
}

function countMine(db: Executor, agentId: string): Promise<Counters['mine']> {
  return one(
    db,
    sql<Counters['mine']>`select
      ${upTo(sql`c.assignee_id = ${agentId} and c.state = 'open'`)} as open,
      ${upTo(sql`c.assignee_id = ${agentId} and c.state = 'snoozed'`)} as snoozed`,
  )
}
