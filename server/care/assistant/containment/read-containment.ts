import type { z } from 'zod'
import type { Containment, ContainmentBy } from '../../../../contracts/containment.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { listPublished } from '../flows/flow-store.ts'
import { countAll, countByDay, countByGroup, type Period } from './count-visits.ts'
import { CONTAINMENT } from './definition.ts'
import { findBreaks } from './find-breaks.ts'
import { morningOf } from './operators-day.ts'

const MOST_DAYS = 366
const DAY_MS = 86_400_000

/**
 * What became of visits that began from a day to a day inclusive, and where their numbers are not to be compared. Refuses with
 * `invalid_request` when the period is upside down or longer than a year.
 */
export async function readContainment(
  db: Executor,
  clock: Clock,
  { from, to, by }: { readonly from: string; readonly to: string; readonly by: ContainmentBy },
): Promise<z.input<typeof Containment>> {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days < 1 || days > MOST_DAYS) throw new Refusal('invalid_request', { in: 'to', mostDays: MOST_DAYS })
  const end = new Date(morningOf(to).getTime() + DAY_MS)
  const period: Period = { from: morningOf(from), to: end, now: clock.now() }
  const groups = await countByGroup(db, period, by)
  const titles = await titlesOf(db, by)
  return {
    version: CONTAINMENT.version,
    from,
    to,
    by,
    total: await countAll(db, period),
    groups: groups.map(({ key, numbers }) => ({
      key,
      title: titles.get(titleKey(by, key)) ?? null,
      numbers,
    })),
    days: await countByDay(db, period),
    breaks: await findBreaks(db, period),
  }
}

/** A node is called by its flow. */
const titleKey = (by: ContainmentBy, key: string): string => (by === 'node' ? (key.split('/')[0] ?? '') : key)

type Title = { readonly ru: string; readonly en: string }

async function titlesOf(db: Executor, by: ContainmentBy): Promise<ReadonlyMap<string, Title>> {
  if (by === 'channel') return new Map()
  if (by !== 'intent') return new Map((await listPublished(db)).map(({ key, title }) => [key, title]))
  const intents = await rows(
    db,
    sql<{ key: string; ru: string; en: string }>`
      select key, title_ru as ru, title_en as en from understanding.intent order by key limit 500`,
  )
  return new Map(intents.map(({ key, ru, en }) => [key, { ru, en }]))
}
