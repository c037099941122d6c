import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OfferingTerms } from '../../../../contracts/catalogue.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { addDays, dayOf, occurrence } from '../calendar.ts'
import { type Draft, noChanges, nothingUnsettled } from '../draft/draft.ts'
import { NO_PAST } from '../draft/past.ts'
import type { ConnectedState, DiscountState, LineState, PromisedState } from '../line-state.ts'
import { DEFAULT_RULES } from '../rules.ts'
import { NOTHING_ABROAD } from '../usage/rates-abroad.ts'
import { ageLine } from './age-line.ts'
import { foreseeCharges, moneyEndsAt } from './foresee-charges.ts'
import { rhythmOf } from './period.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONES = ['Europe/Moscow', 'Asia/Kamchatka', 'Europe/Berlin', 'America/St_Johns'] as const

const offering = <T extends OfferingTerms>(terms: T) => ({ id: `offering ${terms.code}`, terms })
const tariffs = [
  offering(aTariff()),
  offering(aTariff({ code: 'thirty', period: '30-days', feeKopecks: 31_000, carriesOver: false })),
  offering(aTariff({ code: 'free', feeKopecks: 0, packages: [{ type: 'data', amount: null }] })),
]
const connectables = [
  offering(anOption({ code: 'monthly', feeKopecks: 9_000 })),
  offering(anOption({ code: 'weekly', charge: 'weekly', feeKopecks: 3_100, days: 3 })),
  offering(anOption({ code: 'daily', charge: 'daily', feeKopecks: 500, requires: ['once'] })),
  offering(anOption({ code: 'once', charge: 'once', days: 20 })),
  offering(aContent()),
  offering(aContent({ code: 'horoscope', charge: 'weekly', feeKopecks: 4_900 })),
]
const discounts = [
  offering(aDiscount()),
  offering(aDiscount({ code: 'third', percent: 33, appliesTo: ['weekly', 'thirty', 'monthly'] })),
]

interface Story {
  readonly start: number
  readonly zone: (typeof ZONES)[number]
  readonly tariff: number
  readonly next: number | null
  readonly kopecks: number
  readonly connected: readonly { readonly which: number; readonly after: number }[]
  readonly discounts: readonly { readonly which: number; readonly days: number }[]
  readonly promised: { readonly kopecks: number; readonly days: number } | null
  readonly limit: number | null
  readonly blocked: boolean
}

const stories: fc.Arbitrary<Story> = fc.record({
  start: fc.integer({ min: Date.UTC(2026, 11, 1) / HOUR, max: Date.UTC(2028, 3, 1) / HOUR }),
  zone: fc.constantFrom(...ZONES),
  tariff: fc.nat(2),
  next: fc.option(fc.nat(2)),
  kopecks: fc.integer({ min: 0, max: 300_000 }),
  connected: fc.uniqueArray(fc.record({ which: fc.nat(5), after: fc.integer({ min: 0, max: 200 }) }), {
    selector: ({ which }) => which,
  }),
  discounts: fc.array(fc.record({ which: fc.nat(1), days: fc.integer({ min: 1, max: 90 }) }), {
    maxLength: 2,
  }),
  promised: fc.option(
    fc.record({ kopecks: fc.integer({ min: 1, max: 45_000 }), days: fc.integer({ min: 1, max: 30 }) }),
  ),
  limit: fc.option(fc.integer({ min: 1, max: 20_000 })),
  blocked: fc.boolean(),
})

/** A line as it may stand at the beginning of a story: its first period paid and to be filled by the first step. */
function lineOf(story: Story): LineState {
  const start = new Date(story.start * HOUR)
  const tariff = tariffs[story.tariff]!
  const id = 'a line'
  return {
    id,
    msisdn: '79001234567',
    region: 'msk',
    timeZone: story.zone,
    openedAt: start,
    state: story.blocked ? 'blocked' : 'active',
    blockedFor: story.blocked ? 'voluntary' : null,
    endedAt: null,
    tariff,
    nextTariff: story.next === null ? null : tariffs[story.next]!,
    tariffChangedAt: null,
    period: {
      anchorAt: start,
      no: 1,
      from: start,
      to: occurrence(start, story.zone, rhythmOf(tariff), 1),
      paid: true,
    },
    feeWarnedFor: null,
    cash: { id: 'cash', balance: story.kopecks },
    held: { id: 'held', balance: 0 },
    buckets: [],
    holds: [],
    connected: story.connected.map(({ which, after }) =>
      connectedOf(story, which, new Date(start.getTime() + after * HOUR)),
    ),
    discounts: story.discounts.map(({ which, days }, place): DiscountState => {
      const endsAt = new Date(start.getTime() + days * DAY)
      return { id: `discount ${place}`, offering: discounts[which]!, since: start, endsAt, endedAt: null }
    }),
    promised: promisedOf(story, start),
    contentBannedAt: null,
    limits: { spendMonthKopecks: story.limit, roamingDayKopecks: null },
    spent: { month: '', kopecks: 0 },
    roaming: { day: '', kopecks: 0 },
    autoTopUp: null,
    topUpAsked: false,
    codeWordSet: false,
    usage: [],
    usageHour: null,
    retryAt: null,
    past: NO_PAST,
    restsUntil: null,
  }
}

function connectedOf({ zone }: Story, which: number, since: Date): ConnectedState {
  const connected = connectables[which]!
  const { terms } = connected
  const once = terms.charge === 'once'
  return {
    id: `connected ${which}`,
    offering: connected,
    since,
    anchorAt: since,
    chargeNo: 0,
    nextChargeAt: once ? null : since,
    endsAt: once && terms.kind === 'option' && terms.days !== null ? addDays(since, zone, terms.days) : null,
    pausedFor: null,
    consent: null,
    endedAt: null,
  }
}

function promisedOf({ promised }: Story, start: Date): PromisedState | null {
  if (promised === null) return null
  return {
    id: 'promised',
    kopecks: promised.kopecks,
    feeKopecks: 500,
    takenAt: start,
    dueAt: new Date(start.getTime() + promised.days * DAY),
    overdue: false,
    repaidKopecks: 0,
    repayments: 0,
    closedAt: null,
  }
}

let made = 0
const draftOf = (line: LineState): Draft => ({
  line,
  rules: DEFAULT_RULES,
  ratesAbroad: NOTHING_ABROAD,
  newId: () => `bucket ${++made}`,
  changes: noChanges(),
  unsettled: nothingUnsettled(),
})
/** Buckets by what they are rather than by their ids. */
const shown = (line: LineState) => ({
  ...line,
  buckets: line.buckets
    .map(({ source, type, left, total, expiresAt, ended, connectedId }) => ({
      source,
      type,
      left,
      total,
      expiresAt,
      ended,
      connectedId,
    }))
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
})
const bill = ({ changes }: Draft) =>
  changes.charges.map(({ at, category, kopecks, code }) => [at.toISOString(), category, kopecks, code])
const hourOf = (at: Date, timeZone: string) =>
  Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit' }).format(at))
const endOf = ({ start }: Story, days: number) => new Date(start * HOUR + days * DAY)

describe('a line grows older', () => {
  test('in one jump as day by day, and as at any instants in between', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 30 }), (story, hours) => {
        const end = endOf(story, 120)
        const jump = draftOf(lineOf(story))
        ageLine(jump, end, 10_000)
        const daily = draftOf(lineOf(story))
        for (let day = 1; day <= 120; day++) ageLine(daily, endOf(story, day), 10_000)
        const anyhow = draftOf(lineOf(story))
        let at = story.start * HOUR
        for (const more of hours) {
          at = Math.min(at + more * HOUR, end.getTime())
          ageLine(anyhow, new Date(at), 3)
        }
        ageLine(anyhow, end, 10_000)
        for (const other of [daily, anyhow]) {
          expect(shown(other.line)).toEqual(shown(jump.line))
          expect(bill(other)).toEqual(bill(jump))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('with every unit accounted for, nothing below zero, and each transfer named once', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const draft = draftOf(lineOf(story))
        ageLine(draft, endOf(story, 200), 10_000)
        const { transfers, charges } = draft.changes
        const moved = new Map<string, number>()
        for (const { accountId, amount } of transfers.flatMap(({ legs }) => legs)) {
          moved.set(accountId, (moved.get(accountId) ?? 0) + amount)
        }
        expect([...moved.values()].reduce((sum, amount) => sum + amount, 0)).toBe(0)
        expect(story.kopecks + (moved.get('cash') ?? 0)).toBe(draft.line.cash.balance)
        expect(charges.reduce((sum, { kopecks }) => sum + kopecks, story.kopecks)).toBe(
          draft.line.cash.balance,
        )
        for (const { id, left } of draft.line.buckets) expect(moved.get(id) ?? 0).toBe(left)
        for (const { left } of [...draft.line.buckets, { left: draft.line.cash.balance }])
          expect(left).toBeGreaterThanOrEqual(0)
        const names = transfers.map(({ scope, key }) => `${scope} ${key}`)
        expect(new Set(names).size).toBe(names.length)
      }),
      { numRuns: 300 },
    )
  })

  test('charging nothing twice in a period', () => {
    const shortest = {
      'a-tariff': 28,
      thirty: 30,
      monthly: 28,
      weekly: 7,
      daily: 1,
      'a-content': 1,
      horoscope: 7,
    }
    fc.assert(
      fc.property(stories, (story) => {
        const draft = draftOf(lineOf(story))
        ageLine(draft, endOf(story, 200), 10_000)
        const last = new Map<string, Date>()
        for (const { code, at, category } of draft.changes.charges) {
          if (code === null || category === 'fee' || category === 'credit') continue
          const before = last.get(code)
          // An hour less: the day on which clocks are put forward.
          const days = shortest[code as keyof typeof shortest] * DAY - HOUR
          if (before) expect(at.getTime() - before.getTime()).toBeGreaterThanOrEqual(days)
          last.set(code, at)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('a fee that the balance does not hold', () => {
  test('was told of before, by day, once, while the line was active', () => {
    let warned = 0
    fc.assert(
      fc.property(stories, (story) => {
        const draft = draftOf(lineOf(story))
        const known = new Set<string>()
        for (let hour = 1; hour <= 100 * 24; hour++) {
          const { state, timeZone } = draft.line
          draft.changes = noChanges()
          ageLine(draft, new Date((story.start + hour) * HOUR), 10_000)
          for (const { notice, at, facts } of draft.changes.notices) {
            if (notice === 'fee-near') {
              expect(known.has(String(facts.day))).toBe(false)
              known.add(String(facts.day))
              expect(facts.missingKopecks).toBeGreaterThan(0)
              expect(draft.line.state).toBe('active')
              expect(hourOf(at, timeZone)).toBeGreaterThanOrEqual(9)
              expect(hourOf(at, timeZone)).toBeLessThan(21)
              warned++
            } else if (notice === 'fee-not-covered' && state === 'active' && !draft.line.promised?.overdue) {
              expect(known.has(dayOf(timeZone, at))).toBe(true)
            }
          }
        }
      }),
      { numRuns: 100 },
    )
    expect(warned).toBeGreaterThan(0)
  })
})

describe('what rests for the limit of a month', () => {
  test('goes on when the next one begins, also if something else is charged at that very instant', () => {
    // The monthly option begins with a month, so that its charge and the month's turn fall on one instant.
    const start = Date.UTC(2027, 0, 31, 21) / HOUR
    const story: Story = {
      start,
      zone: 'Europe/Moscow',
      tariff: 2,
      next: null,
      kopecks: 900_000,
      connected: [
        { which: 0, after: 0 },
        { which: 2, after: 0 },
      ],
      discounts: [],
      promised: null,
      limit: 9_500,
      blocked: false,
    }
    const draft = draftOf(lineOf(story))
    ageLine(draft, endOf(story, 27), 10_000)
    const pausedFor = () => draft.line.connected.map(({ pausedFor }) => pausedFor)
    expect(pausedFor()).toEqual([null, 'limit'])
    draft.changes = noChanges()
    ageLine(draft, endOf(story, 28), 10_000)
    expect(draft.changes.charges.map(({ code }) => code).sort()).toEqual(['daily', 'monthly'])
    expect(pausedFor()).toEqual([null, null])
  })
})

describe('coming charges', () => {
  test('are exactly what will be charged if the money is there', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 60 }), (story, days) => {
        const rich = { ...story, kopecks: 900_000_000 }
        const draft = draftOf(lineOf(rich))
        const now = endOf(rich, days)
        ageLine(draft, now, 10_000)
        const { coming: foreseen } = foreseeCharges(draft.line, DEFAULT_RULES, now)
        draft.changes = noChanges()
        ageLine(draft, new Date(now.getTime() + DEFAULT_RULES.comingDays * DAY), 10_000)
        const taken = draft.changes.charges.reduce((sum, { kopecks }) => sum - kopecks, 0)
        expect(foreseen.reduce((sum, { kopecks }) => sum + kopecks, 0)).toBe(taken)
        expect(foreseen.map(({ at, code }) => [at, code])).toEqual([
          ...new Map(
            draft.changes.charges.map(({ at, code }) => [`${at.getTime()} ${code}`, [at, code]]),
          ).values(),
        ])
      }),
      { numRuns: 200 },
    )
  })

  test('leave the line as it is', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const line = lineOf(story)
        foreseeCharges(line, DEFAULT_RULES, endOf(story, 0))
        expect(line).toEqual(lineOf(story))
      }),
    )
  })

  test('tell when the money ends: at the first charge that the balance does not hold', () => {
    const coming = [3, 4, 5].map((day) => ({
      at: new Date(Date.UTC(2027, 0, day)),
      kopecks: 700,
      for: 'content' as const,
      code: 'a-content',
      title: { ru: '', en: '' },
    }))
    expect(moneyEndsAt(coming, 1_400)).toEqual(coming[2]!.at)
    expect(moneyEndsAt(coming, 2_100)).toBeNull()
    expect(moneyEndsAt([], 0)).toBeNull()
  })
})
