import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { inTurn } from '../../platform/jobs/index.ts'
import { deleteOldAccesses } from '../audit/index.ts'
import { eraseDocuments, eraseOldDocuments } from '../search/index.ts'
import {
  eraseOldBodies,
  eraseOldDrafts,
  eraseOldFiles,
  eraseOldNotes,
  eraseOldPayloads,
} from '../timeline/index.ts'
import type { PrivacyDeps } from './deps.ts'
import { writeReport } from './reports.ts'
import { type Kept, readRules } from './retention-rules.ts'

const DAY_MS = 86_400_000
/** Rows of one transaction: short locks, little to undo. */
const BATCH = 1_000
/** Batches of a rule in one run; the rest waits for the next hour. */
const BATCHES = 200

/** Destroys what is older than an instant, at most `limit` rows. Gives how many of what. */
type Sweep = (tx: Executor, before: Date, limit: number) => Promise<Readonly<Record<string, number>>>

function sweepsOf({
  timeline,
  eraseOldWebhookLog,
  eraseOldUsage,
}: PrivacyDeps): Readonly<Record<Kept, Sweep>> {
  return {
    bodies: eraseOldWords,
    search: async (tx, before, limit) => ({ documents: await eraseOldDocuments(tx, before, limit) }),
    attachments: async (tx, before, limit) => ({
      attachments: await eraseOldFiles(tx, timeline, before, limit),
    }),
    'raw-events': async (tx, before, limit) => ({
      rawEvents: await eraseOldPayloads(tx, before, limit, timeline.clock.now()),
    }),
    drafts: async (tx, before, limit) => ({ drafts: await eraseOldDrafts(tx, before, limit) }),
    'webhook-log': async (tx, before, limit) => ({
      webhookLog: await eraseOldWebhookLog(tx, before, limit),
    }),
    usage: async (tx, before, limit) => ({ usage: await eraseOldUsage(tx, before, limit) }),
    'access-log': async (tx, before, limit) => ({ accesses: await deleteOldAccesses(tx, before, limit) }),
  }
}

/** Bodies go with what was made of them. */
async function eraseOldWords(tx: Executor, before: Date, limit: number) {
  const gone = await eraseOldBodies(tx, before, limit)
  const spans = gone.map(({ laneId, seq }) => ({ laneId, firstSeq: seq, lastSeq: seq }))
  return {
    bodies: gone.length,
    documents: gone.length === 0 ? 0 : await eraseDocuments(tx, spans),
    notes: await eraseOldNotes(tx, before, limit),
  }
}

/** Destroys what the retention rules let go of, in batches. One report a rule that found something. */
export async function applyRetention(db: Db, deps: PrivacyDeps): Promise<void> {
  const sweeps = sweepsOf(deps)
  const rules = await readRules(db)
  await inTurn(
    rules.map(({ what, days }) => () => {
      const before = new Date(deps.timeline.clock.now().getTime() - days * DAY_MS)
      return sweepWith(db, deps, (tx) => sweeps[what](tx, before, BATCH))
    }),
  )
}

async function sweepWith(
  db: Db,
  { timeline: { clock } }: PrivacyDeps,
  sweep: (tx: Executor) => Promise<Readonly<Record<string, number>>>,
): Promise<void> {
  const report = { id: newId(clock), requestedAt: clock.now(), requestedBy: 'retention', reason: 'retention' }
  const total: Record<string, number> = {}
  for (let batch = 0; batch < BATCHES; batch++) {
    const most = await inTransaction(db, async (tx) => {
      const counts = Object.entries(await sweep(tx)).filter(([, count]) => count > 0)
      for (const [name, count] of counts) total[name] = (total[name] ?? 0) + count
      if (counts.length > 0) await writeReport(tx, { ...report, finishedAt: clock.now(), counts: total })
      return Math.max(0, ...counts.map(([, count]) => count))
    })
    if (most < BATCH) return
  }
}
