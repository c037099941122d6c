import type { z } from 'zod'
import type { VisitsMeasure } from '../../../../contracts/measures.ts'
import { MySection } from '../../../../contracts/my.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { My } from '../my.ts'
import { firstOpenDay } from './day.ts'

/** Of the definition in docs/measures.md. */
const VERSION = 1
const MOST_DAYS = 366
const DAY_MS = 86_400_000

interface DayRow {
  readonly day: string
  readonly active: number
  readonly sections: Partial<Record<MySection, number>>
}

/**
 * Daily active subscribers and the share of them who opened each section, from a day to a day inclusive. Days that are over stand counted;
 * the last ones are counted now. Refuses with `invalid_request` when the period is upside down or longer than a year.
 */
export async function readVisits(
  db: Executor,
  { clock }: Pick<My, 'clock'>,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<z.input<typeof VisitsMeasure>> {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  if (days < 1 || days > MOST_DAYS) throw new Refusal('invalid_request', { in: 'to', mostDays: MOST_DAYS })
  const open = firstOpenDay(clock.now())
  const counted = await rows(
    db,
    sql<DayRow>`
      select day::text, active, sections from my.visit_day where day between ${from}::date and ${to}::date
      union all
      select * from (${countedDays(sql`day between ${from}::date and ${to}::date
        and not exists (select 1 from my.visit_day d where d.day = v.day)`)}) fresh
      order by day`,
  )
  const activeDays = counted.reduce((sum, { active }) => sum + active, 0)
  return {
    version: VERSION,
    from,
    to,
    activeDays,
    shares: everySection((section) => {
      const opened = counted.reduce((sum, { sections }) => sum + (sections[section] ?? 0), 0)
      return activeDays === 0 ? 0 : opened / activeDays
    }),
    days: counted.map(({ day, active, sections }) => ({
      day,
      active,
      sections: everySection((section) => sections[section] ?? 0),
      closed: day < open,
    })),
  }
}

/** Days counted from the rows themselves: the one place where the measure is defined in SQL. */
const countedDays = (which: ReturnType<typeof sql>) => sql`
  select per.day::text as day,
    (select count(distinct subscriber_id)::int from my.visit a where a.day = per.day) as active,
    jsonb_object_agg(per.section, per.opened) as sections
  from (select v.day, v.section, count(*)::int as opened from my.visit v where ${which} group by v.day, v.section) per
  group by per.day`

const everySection = (of: (section: MySection) => number) =>
  Object.fromEntries(MySection.options.map((section) => [section, of(section)])) as Record<MySection, number>

/** How long the rows stand beside their count, in days. */
const KEPT_DAYS = 35

/**
 * Counts days that are over and have no count yet, and lets go of rows that have been counted long ago. For an hourly job; what it does
 * twice, it does to the same end. Gives how many days it counted.
 */
export async function rollUpVisits(db: Executor, { clock }: Pick<My, 'clock'>): Promise<number> {
  const open = firstOpenDay(clock.now())
  const counted = await rows(
    db,
    sql<{ day: string }>`
      insert into my.visit_day (day, active, sections)
      select day::date, active, sections from (${countedDays(sql`v.day < ${open}::date
        and not exists (select 1 from my.visit_day d where d.day = v.day)`)}) over_days
      on conflict (day) do nothing returning day::text`,
  )
  await rows(
    db,
    sql`delete from my.visit v using my.visit_day d
        where d.day = v.day and v.day < ${open}::date - ${KEPT_DAYS}::int`,
  )
  return counted.length
}
