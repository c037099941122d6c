import { addDays, occurrence } from '../calendar.ts'
import { dropBucket, endBucket, fillBucket } from '../draft/buckets.ts'
import { type Draft, tell } from '../draft/draft.ts'
import { beginMonth, passesLimit } from '../draft/limits.ts'
import { charge, type Legs, type Name, payInto, post } from '../draft/move.ts'
import { rememberPackage } from '../draft/past.ts'
import { mayBeCharged } from '../draft/state.ts'
import { feeOf } from '../fees.ts'
import type { ConnectedState, LineState, PauseReason, Tariff } from '../line-state.ts'

/** Where the money of an option or a subscription goes. */
export const incomeOf = ({ terms }: ConnectedState['offering']): string =>
  terms.kind === 'content' ? `partner:${terms.code}` : 'income:option'

/** The name of a charge: once a connection and instant. */
const chargeName = (lineId: string, { id }: ConnectedState, at: Date): Name => ({
  scope: `fee:${lineId}`,
  key: `${id}:${at.getTime()}`,
  kind: 'connected-period',
})

/** A charge falls due: it is taken, or the option or subscription rests until it can be. */
export function chargeDue(draft: Draft, connected: ConnectedState, at: Date): void {
  const reason = obstacleTo(draft, connected, at)
  if (reason === null) chargeConnected(draft, connected, at)
  else pause(draft, connected, at, reason)
}

/** What rests goes on if nothing is in its way any more; its charges are counted from now. */
export function resume(draft: Draft, connected: ConnectedState, at: Date): void {
  if (connected.pausedFor === null) return
  const reason = obstacleTo(draft, connected, at)
  if (reason !== null) {
    setPause(draft, connected, reason)
    return
  }
  connected.pausedFor = null
  connected.anchorAt = at
  connected.chargeNo = 0
  chargeConnected(draft, connected, at)
}

function obstacleTo({ line, rules }: Draft, { offering }: ConnectedState, at: Date): PauseReason | null {
  if (!mayBeCharged(line, rules)) return 'line'
  const kopecks = feeOf(line, offering.terms, at)
  if (line.cash.balance < kopecks) return 'balance'
  return passesLimit(line, rules, { at, category: offering.terms.kind, kopecks }) ? 'limit' : null
}

/** It rests: nothing is charged, the packages of the period before have ended or end by themselves. */
function pause(draft: Draft, connected: ConnectedState, at: Date, reason: PauseReason): void {
  const { line } = draft
  const { kind, code } = connected.offering.terms
  connected.nextChargeAt = null
  if (reason === 'limit') beginMonth(line, at)
  setPause(draft, connected, reason)
  if (reason === 'line') return
  tell(draft, at, `${kind}-paused`, { code, kopecks: feeOf(line, connected.offering.terms, at) })
}

function setPause({ changes }: Draft, connected: ConnectedState, reason: PauseReason): void {
  connected.pausedFor = reason
  changes.connected.add(connected)
  changes.touched = true
}

/**
 * Takes a fee, which the balance must hold, and gives the packages until the next one: one transfer.
 * @param connectionKopecks taken with the first fee
 */
export function chargeConnected(
  draft: Draft,
  connected: ConnectedState,
  at: Date,
  connectionKopecks = 0,
): void {
  const { line, changes } = draft
  const { offering } = connected
  const { terms } = offering
  const kopecks = feeOf(line, terms, at) + connectionKopecks
  const rhythm = terms.charge
  if (rhythm !== 'once') {
    connected.chargeNo += 1
    connected.nextChargeAt = occurrence(connected.anchorAt, line.timeZone, rhythm, connected.chargeNo)
  }
  changes.connected.add(connected)
  const legs: Legs = new Map()
  payInto(draft, legs, incomeOf(offering), kopecks)
  if (terms.kind === 'option') {
    const expiresAt = terms.days === null ? connected.nextChargeAt : addDays(at, line.timeZone, terms.days)
    const owner = { source: 'option', offeringId: offering.id, connectedId: connected.id } as const
    for (const bucket of bucketsOf(line, connected)) rememberPackage(draft, bucket, at)
    for (const pack of terms.packages) fillBucket(draft, legs, owner, pack, { at, expiresAt })
  }
  const memo = { category: terms.kind, code: terms.code }
  const transfer = post(draft, chargeName(line.id, connected, at), at, legs, memo)
  charge(draft, transfer, {
    at,
    category: terms.kind,
    kopecks: -kopecks,
    title: terms.title,
    code: terms.code,
    coming: terms.kind,
  })
}

/** Ends an option or a subscription with what is left of it, and whatever required it. Gives the codes that went off, its own first. */
export function endConnected(draft: Draft, connected: ConnectedState, at: Date): string[] {
  const { code } = connected.offering.terms
  endAlone(draft, connected, at)
  return [code, ...requiring(draft.line.connected, code).flatMap((other) => endIfThere(draft, other, at))]
}

/** The same without what required it. */
export function endAlone(draft: Draft, connected: ConnectedState, at: Date): void {
  const { line, changes } = draft
  connected.endedAt = at
  connected.nextChargeAt = null
  connected.pausedFor = null
  changes.connected.add(connected)
  for (const bucket of bucketsOf(line, connected)) rememberPackage(draft, bucket, at)
  line.connected = line.connected.filter((other) => other !== connected)
  const legs: Legs = new Map()
  for (const bucket of bucketsOf(line, connected)) {
    endBucket(draft, legs, bucket)
    dropBucket(draft, bucket)
  }
  post(draft, { scope: `expiry:${line.id}`, key: `${connected.id}:end`, kind: 'expiry' }, at, legs)
}

const bucketsOf = ({ buckets }: LineState, { id }: ConnectedState) =>
  buckets.filter(({ connectedId }) => connectedId === id)

/** The same for one that may have gone off with another one already. */
export const endIfThere = (draft: Draft, connected: ConnectedState, at: Date) =>
  connected.endedAt === null ? endConnected(draft, connected, at) : []

/** Those that may not stay without an offering. */
export const requiring = (connected: readonly ConnectedState[], code: string): ConnectedState[] =>
  connected.filter(({ offering: { terms } }) => terms.kind === 'option' && terms.requires.includes(code))

/** Options that do not go with a tariff: they need the one of now, or exclude the other. */
export function unfitFor({ connected, tariff: now }: LineState, tariff: Tariff): ConnectedState[] {
  const { code } = tariff.terms
  return connected.filter(
    ({ offering: { terms } }) =>
      terms.kind === 'option' &&
      (terms.excludes.includes(code) || (code !== now.terms.code && terms.requires.includes(now.terms.code))),
  )
}
