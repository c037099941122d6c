import { z } from 'zod'
import { type UsageRefusal, UsageReport, type UsageReported } from '../../../../contracts/usage.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { LinesContext } from '../lines-context.ts'
import { insertUsage, linesOfNumbers, takeNames } from '../store/waiting-usage.ts'
import { hourAfter } from './settle-usage.ts'

const DAY_MS = 86_400_000
const Named = z.object({ name: z.string().max(200) })

interface Read {
  readonly place: number
  readonly report: UsageReport
  readonly at: Date
}
type Refused = UsageReported['refused'][number]

/**
 * Takes what the network counted: stored when this returns, each record once by its name. It waits for the end of its hour to be
 * settled. A record belongs to the line that had the number when it happened. Those that cannot be taken are told with the reason,
 * and do not keep the others.
 */
export async function reportUsage(
  db: Executor,
  lines: LinesContext,
  records: readonly unknown[],
): Promise<UsageReported> {
  const now = lines.clock.now()
  const refused: Refused[] = []
  const read = records.flatMap((record, place) => {
    const known = readRecord(lines, record, now)
    if (typeof known !== 'string') return [{ place, ...known }]
    refused.push({ place, name: Named.safeParse(record).data?.name ?? null, reason: known })
    return []
  })
  const { accepted, homeless } = await inTransaction(db, (tx) => keep(tx, lines, read, now))
  for (const { place, report } of homeless) {
    refused.push({ place, name: report.name, reason: 'unknown-line' })
  }
  refused.sort((a, b) => a.place - b.place)
  return { accepted, repeated: records.length - refused.length - accepted, refused }
}

function readRecord(
  { rules: { usage } }: LinesContext,
  record: unknown,
  now: Date,
): Omit<Read, 'place'> | UsageRefusal {
  const parsed = UsageReport.safeParse(record)
  if (!parsed.success) return 'malformed'
  const at = new Date(parsed.data.at)
  if (at.getTime() > now.getTime() + usage.aheadMs) return 'in-future'
  if (at.getTime() < now.getTime() - usage.lateDays * DAY_MS) return 'too-late'
  return { report: parsed.data, at }
}

async function keep(
  tx: Executor,
  lines: LinesContext,
  read: readonly Read[],
  now: Date,
): Promise<{ accepted: number; homeless: Read[] }> {
  const lineIds = await linesOfNumbers(
    tx,
    read.map(({ report, at }) => ({ msisdn: report.msisdn, at })),
  )
  const homes = read.flatMap((one, place) => {
    const lineId = lineIds[place]
    return lineId === undefined ? [] : [{ ...one, lineId }]
  })
  const homeless = read.filter((_, place) => lineIds[place] === undefined)
  if (homes.length === 0) return { accepted: 0, homeless }
  const names = await takeNames(
    tx,
    homes.map(({ report }) => report.name),
    now,
  )
  // Of two of a name in one batch the first is taken.
  const fresh = homes.filter(({ report }) => names.delete(report.name))
  if (fresh.length === 0) return { accepted: 0, homeless }
  const rows = fresh.map(({ lineId, at, report: { type, direction, amount, roaming, other } }) => ({
    ...{ lineId, at, type, direction, amount, roaming, other },
    id: newId(lines.clock),
    dueAt: hourAfter(at > now ? at : now),
  }))
  await insertUsage(tx, rows, now)
  await lines.announce(tx, { kind: 'lines-changed', lineIds: [...new Set(rows.map(({ lineId }) => lineId))] })
  return { accepted: fresh.length, homeless }
}
