import type { z } from 'zod'
import type { VisitsMeasure } from '../../../../contracts/measures.ts'
import { MySection } from '../../../../contracts/my.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { type Batches, forgetRows, inTurn } from '../../../platform/jobs/index.ts'
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
 * Counts days that are over and have no count yet, each by itself, and lets go of rows that have been counted long ago, some at a time. For an
 * hourly job; what it does twice, it does to the same end. Gives how many days it counted.
 */
export async function rollUpVisits(
  db: Executor,
  { clock }: Pick<My, 'clock'>,
  batches?: Batches,
): Promise<number> {
  const open = firstOpenDay(clock.now())
  const over = await uncountedDays(db, open)
  await inTurn([...over.map((day) => () => countDay(db, day)), () => forgetVisits(db, open, batches)])
  return over.length
}

const countDay = (db: Executor, day: string) =>
  rows(
    db,
    sql`insert into my.visit_day (day, active, sections)
      select day::date, active, sections from (${countedDays(sql`v.day = ${day}::date`)}) over_day
      on conflict (day) do nothing`,
  )

const forgetVisits = (db: Executor, open: string, batches: Batches | undefined) =>
  forgetRows(
    db,
    {
      from: sql`my.visit`,
      which: sql`day < ${open}::date - ${KEPT_DAYS}::int
        and exists (select from my.visit_day counted where counted.day = visit.day)`,
      oldestBy: sql`day`,
    },
    batches,
  )

/** Days before one that somebody visited on and that have no count: looked up day by day, without reading the visits themselves. */
async function uncountedDays(db: Executor, before: string): Promise<string[]> {
  const days = await rows(
    db,
    sql<{ day: string }>`
      select day::date::text as day
      from generate_series((select min(day) from my.visit)::timestamp, ${before}::date - interval '1 day', interval '1 day') as day
      where not exists (select from my.visit_day counted where counted.day = day::date)
        and exists (select from my.visit v where v.day = day::date)
      order by day`,
  )
  return days.map(({ day }) => day)
}
