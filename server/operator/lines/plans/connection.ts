import type { Offering } from '../../../../contracts/catalogue.ts'
import { requiring } from '../aging/connected.ts'
import { passesLimit } from '../draft/limits.ts'
import { feeOf } from '../fees.ts'
import type { BucketState, ConnectedState, LineState, OfferingOf } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import { balanceConflicts, type Conflict, conflict, stateConflicts } from './conflicts.ts'

type Connectable = OfferingOf<'option' | 'content'>

/** Whether an offering is one that is connected to lines. */
export const isConnectable = (offering: Offering): offering is Connectable =>
  offering.terms.kind === 'option' || offering.terms.kind === 'content'

/** What connecting costs at once, in kopecks: the connection itself and the first fee with discounts taken off. */
export function priceOf(line: LineState, { terms }: Connectable, now: Date): number {
  return feeOf(line, terms, now) + (terms.kind === 'option' ? terms.connectionKopecks : 0)
}

/** Why an option or a subscription cannot be connected to a line now; empty = it can. Whether it is on offer is not looked at. */
export function conflictsOf(line: LineState, offering: Connectable, rules: LineRules, now: Date): Conflict[] {
  const { terms } = offering
  const kopecks = priceOf(line, offering, now)
  return [
    ...stateConflicts(line, 'connect'),
    ...(terms.kind === 'content' && line.contentBannedAt !== null ? [conflict('content-banned')] : []),
    ...relationConflicts(line, terms),
    ...balanceConflicts(line, kopecks),
    ...(passesLimit(line, rules, { at: now, category: terms.kind, kopecks })
      ? [conflict('limit', 'spend-month', { kopecks })]
      : []),
  ]
}

/** A pack bought once of which nothing is left: it does nothing any more, and the same may be bought again before its days are over. */
export function usedUp({ connected, buckets }: LineState, code: string): ConnectedState | undefined {
  return connected.find(({ id, offering: { terms } }) => {
    if (terms.code !== code || terms.kind !== 'option' || terms.charge !== 'once') return false
    const own = buckets.filter(({ connectedId }) => connectedId === id)
    return own.length > 0 && own.every(({ total, left }) => total !== null && left === 0)
  })
}

/** What it needs and is not there, what is there and does not go with it. */
function relationConflicts(line: LineState, terms: Connectable['terms']): Conflict[] {
  const connected = line.connected.map(({ offering }) => offering.terms)
  const codes = new Set([line.tariff.terms.code, ...connected.map(({ code }) => code)])
  const isThere = codes.has(terms.code) && usedUp(line, terms.code) === undefined
  const conflicts = isThere ? [conflict('already', terms.code)] : []
  const excluding = connected.filter((one) => one.kind === 'option' && one.excludes.includes(terms.code))
  const excluded = terms.kind === 'option' ? terms.excludes.filter((code) => codes.has(code)) : []
  const missing = terms.kind === 'option' ? terms.requires.filter((code) => !codes.has(code)) : []
  const against = new Set([...excluded, ...excluding.map(({ code }) => code)])
  return [
    ...conflicts,
    ...missing.map((code) => conflict('requires', code)),
    ...[...against].map((code) => conflict('excludes', code)),
  ]
}

/** What is lost of packages. */
export type Lost = Pick<BucketState, 'type' | 'source'> & { readonly amount: number }

export interface DisconnectionPlan {
  readonly conflicts: Conflict[]
  readonly connected: ConnectedState | undefined
  /** Codes that go off with it, its own not among them. */
  readonly disconnects: string[]
  readonly lost: Lost[]
}

/** What switching an option or a subscription off would do. */
export function planDisconnection(line: LineState, code: string): DisconnectionPlan {
  const connected = line.connected.find(({ offering }) => offering.terms.code === code)
  if (!connected) {
    return { conflicts: [conflict('not-connected', code)], connected, disconnects: [], lost: [] }
  }
  const going = withRequiring(line, connected)
  const ids = new Set(going.map(({ id }) => id))
  return {
    conflicts: stateConflicts(line, 'disconnect'),
    connected,
    disconnects: going.slice(1).map(({ offering }) => offering.terms.code),
    lost: lostOf(line.buckets.filter(({ connectedId }) => connectedId !== null && ids.has(connectedId))),
  }
}

/** A connection and all that cannot be without it, itself first. */
export function withRequiring(line: LineState, first: ConnectedState): ConnectedState[] {
  const going = [first]
  for (const one of going) {
    going.push(
      ...requiring(line.connected, one.offering.terms.code).filter((other) => !going.includes(other)),
    )
  }
  return going
}

/** What is left in buckets that end. */
export const lostOf = (buckets: readonly BucketState[]): Lost[] =>
  buckets
    .filter(({ left, ended }) => left > 0 && !ended)
    .map(({ type, source, left }) => ({ type, source, amount: left }))
