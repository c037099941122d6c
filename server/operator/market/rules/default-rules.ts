import type { MarketRules } from '../../../../contracts/market.ts'

/** As observed at Russian operators, with what their users complain of put right; money in kopecks. */
export const DEFAULT_MARKET_RULES: MarketRules = {
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
