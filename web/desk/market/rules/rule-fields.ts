import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketRules } from '../../../../contracts/market.ts'

/** How a figure is typed and said: money in roubles, a fee in per cent, a volume in the type's unit, a time in its own. */
export type Kind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'money' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'units'; readonly type: TrafficType }
  | { readonly kind: 'time'; readonly unit: 'days' | 'minutes' | 'seconds' | 'hours' }
  | { readonly kind: 'count' }
  | { readonly kind: 'ids' }

export const TYPES = ['data', 'voice', 'sms'] as const satisfies readonly TrafficType[]
export const OF_TYPE = ['minUnits', 'maxUnits', 'minUnitKopecks', 'maxUnitKopecks'] as const

type TypePath = `types.${TrafficType}.${(typeof OF_TYPE)[number]}`

const count = { kind: 'count' } as const
const time = (unit: Extract<Kind, { kind: 'time' }>['unit']) => ({ kind: 'time', unit }) as const
const money = { kind: 'money' } as const

/** Every figure but those by type, in the order of the form. */
const PLAIN = {
  open: { kind: 'switch' },
  feeBasisPoints: { kind: 'percent' },
  freshCodeFromKopecks: money,
  lotDays: time('days'),
  boughtDays: time('days'),
  quarantineDays: time('days'),
  reversalDays: time('days'),
  digestMinutes: time('minutes'),
  'limits.activeLots': count,
  'limits.listingsPerDay': count,
  'limits.dealsPerDay': count,
  'limits.spentPerDayKopecks': money,
  'limits.pairDealsPerDay': count,
  'limits.pairKopecksPerDay': money,
  'raise.kopecks': money,
  'raise.hours': time('hours'),
  'raise.slots': count,
  'raise.mostPerTier': count,
  'raise.turnSeconds': time('seconds'),
  'pace.burst': count,
  'pace.perMinute': count,
  'pace.steadyActs': count,
  housePartyIds: { kind: 'ids' },
} as const satisfies Record<string, Kind>

export type PlainPath = keyof typeof PLAIN
/** Where a figure stands among the rules. */
export type RulePath = PlainPath | TypePath

/** The figures of a group, by the group's name. */
export const GROUPS = {
  open: ['open'],
  types: TYPES.flatMap((type) => OF_TYPE.map((name): TypePath => `types.${type}.${name}`)),
  money: ['feeBasisPoints', 'freshCodeFromKopecks'],
  terms: ['lotDays', 'boughtDays', 'quarantineDays', 'reversalDays', 'digestMinutes'],
  limits: [
    'limits.activeLots',
    'limits.listingsPerDay',
    'limits.dealsPerDay',
    'limits.spentPerDayKopecks',
    'limits.pairDealsPerDay',
    'limits.pairKopecksPerDay',
  ],
  raise: ['raise.kopecks', 'raise.hours', 'raise.slots', 'raise.mostPerTier', 'raise.turnSeconds'],
  pace: ['pace.burst', 'pace.perMinute', 'pace.steadyActs'],
  house: ['housePartyIds'],
} as const satisfies Record<string, readonly RulePath[]>

export type Group = keyof typeof GROUPS

export const GROUP_NAMES: readonly Group[] = [
  'open',
  'types',
  'money',
  'terms',
  'limits',
  'raise',
  'pace',
  'house',
]

export const PATHS: readonly RulePath[] = GROUP_NAMES.flatMap((name): readonly RulePath[] => GROUPS[name])

/** Whether it is a figure of a type, and which. */
export function typeOfPath(
  path: RulePath,
): { readonly type: TrafficType; readonly name: (typeof OF_TYPE)[number] } | undefined {
  const [first, second, third] = path.split('.')
  const type = TYPES.find((one) => one === second)
  const name = OF_TYPE.find((one) => one === third)
  return first === 'types' && type && name ? { type, name } : undefined
}

export function kindOf(path: RulePath): Kind {
  const ofType = typeOfPath(path)
  if (ofType) return ofType.name.endsWith('Kopecks') ? money : { kind: 'units', type: ofType.type }
  return PLAIN[path as PlainPath]
}

export type Value = number | boolean | readonly string[]

/** The figure at a path. */
export function valueAt(rules: MarketRules, path: RulePath): Value {
  let at: unknown = rules
  for (const name of path.split('.')) at = new Map<string, unknown>(Object.entries(Object(at))).get(name)
  return at as Value
}
