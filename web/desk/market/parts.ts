import type { Role } from '../../../contracts/staff.ts'

/** Parts of the Market's console, and whom they serve (the server decides who may). */
export const MARKET_PARTS = {
  overview: ['supervisor', 'admin'],
  lots: ['supervisor', 'admin'],
  deals: ['supervisor', 'admin'],
  rules: ['supervisor', 'designer', 'admin'],
  changes: ['supervisor', 'designer', 'admin'],
} as const satisfies Record<string, readonly Role[]>

export type MarketPart = keyof typeof MARKET_PARTS

const ORDER: readonly MarketPart[] = ['overview', 'lots', 'deals', 'rules', 'changes']

/** Where each part is. */
export const PATH_OF = {
  overview: '/market',
  lots: '/market/lots',
  deals: '/market/deals',
  rules: '/market/rules',
  changes: '/market/changes',
} as const satisfies Record<MarketPart, string>

/** The parts for somebody with these roles, in order; none: the Market is not theirs to look after. */
export const marketPartsFor = (roles: readonly Role[]): readonly MarketPart[] =>
  ORDER.filter((part) => MARKET_PARTS[part].some((role) => roles.includes(role)))
