import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MarketRules } from '../../../../contracts/market.ts'
import { kindOf, PATHS, type RulePath, valueAt } from './rule-fields.ts'
import { changesOf, type Draft, differences, judge, withValue } from './rules-draft.ts'

const RULES: MarketRules = {
  open: true,
  types: {
    data: { minUnits: 1, maxUnits: 120, minUnitKopecks: 1_500, maxUnitKopecks: 5_000 },
    voice: { minUnits: 50, maxUnits: 3_000, minUnitKopecks: 80, maxUnitKopecks: 200 },
    sms: { minUnits: 50, maxUnits: 500, minUnitKopecks: 50, maxUnitKopecks: 550 },
  },
  feeBasisPoints: 500,
  lotDays: 30,
  boughtDays: 30,
  raise: { kopecks: 500, slots: 3, mostPerTier: 30, turnSeconds: 60, hours: 24 },
  limits: {
    activeLots: 50,
    listingsPerDay: 100,
    dealsPerDay: 50,
    spentPerDayKopecks: 500_000,
    pairDealsPerDay: 5,
    pairKopecksPerDay: 100_000,
  },
  quarantineDays: 7,
  pace: { burst: 30, perMinute: 6, steadyActs: 6 },
  freshCodeFromKopecks: 100_000,
  reversalDays: 14,
  digestMinutes: 60,
  housePartyIds: [],
}
const NONE: Draft = new Map()
const typed = (path: RulePath, value: number | boolean | string[]) => withValue(NONE, RULES, path, value)

describe('a draft of the Market’s rules', () => {
  test('has a field for every figure that there is', () => {
    const leaves = (at: unknown, path: string[] = []): string[] =>
      typeof at === 'object' && at !== null && !Array.isArray(at)
        ? Object.entries(at).flatMap(([name, below]) => leaves(below, [...path, name]))
        : [path.join('.')]
    expect([...PATHS].sort()).toEqual(leaves(RULES).sort())
  })

  test('what is typed back to what it was is no change', () => {
    const once = withValue(NONE, RULES, 'lotDays', 14)
    expect([...once]).toEqual([['lotDays', 14]])
    expect(withValue(once, RULES, 'lotDays', 30).size).toBe(0)
  })

  test('says of each figure what is wrong with it, with the bound that it passes', () => {
    expect(judge(typed('lotDays', 0), RULES).faults).toEqual([{ path: 'lotDays', fault: 'min', bound: 1 }])
    expect(judge(typed('feeBasisPoints', 5_001), RULES).faults).toEqual([
      { path: 'feeBasisPoints', fault: 'max', bound: 5_000 },
    ])
    expect(judge(typed('raise.hours', Number.NaN), RULES).faults).toEqual([
      { path: 'raise.hours', fault: 'number' },
    ])
    expect(judge(typed('lotDays', 1.5), RULES).faults).toEqual([{ path: 'lotDays', fault: 'whole' }])
    expect(judge(typed('housePartyIds', ['Волна']), RULES).faults).toEqual([
      { path: 'housePartyIds', fault: 'id' },
    ])
  })

  test('says “from” above “to” at the “to”', () => {
    expect(judge(typed('types.voice.minUnits', 4_000), RULES).faults).toEqual([
      { path: 'types.voice.maxUnits', fault: 'order' },
    ])
  })

  test('moves onto what somebody else has published meanwhile', () => {
    const draft = withValue(typed('lotDays', 14), RULES, 'pace.burst', 40)
    const published = { ...RULES, lotDays: 14, feeBasisPoints: 700 }
    expect([...changesOf(draft, published)]).toEqual([['pace.burst', 40]])
    expect(judge(draft, published).rules).toMatchObject({ feeBasisPoints: 700, pace: { burst: 40 } })
  })

  test('whatever numbers are typed, either the rules are whole and differ where it was typed, or a field says why not', () => {
    const numeric = PATHS.filter((path) => !['switch', 'ids'].includes(kindOf(path).kind))
    const typing = fc.array(
      fc.tuple(fc.constantFrom(...numeric), fc.oneof(fc.integer(), fc.nat(2_000), fc.double())),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(typing, (all) => {
        const draft = all.reduce<Draft>((now, [path, value]) => withValue(now, RULES, path, value), NONE)
        const { rules, faults } = judge(draft, RULES)
        if (!rules) {
          expect(faults.length).toBeGreaterThan(0)
          return
        }
        expect(MarketRules.parse(rules)).toEqual(rules)
        expect(differences(RULES, rules)).toEqual(PATHS.filter((path) => draft.has(path)))
        for (const [path, value] of draft) expect(valueAt(rules, path)).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })
})
