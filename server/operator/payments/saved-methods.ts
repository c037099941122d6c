import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { findLine } from '../lines/index.ts'
import {
  endMethod,
  insertMethod,
  type MethodRow,
  sealedTokens,
  selectMethod,
  swapToken,
} from './method-store.ts'
import type { PaymentsContext, TillContext } from './payments-context.ts'
import type { Reading } from './provider.ts'
import type { PaymentRow, Saves } from './store.ts'

const contextOf = (methodId: string) => `payment-method:${methodId}`

/** Keeps what a payment was made with, for the line's automatic top-up. Gives false when who agreed is its owner no more. */
export async function saveMethod(
  tx: Executor,
  payments: PaymentsContext,
  { id: paymentId, lineId, provider }: PaymentRow,
  method: NonNullable<Reading['method']>,
  saves: Saves,
): Promise<boolean> {
  const { clock, vault } = payments
  const { partyId } = saves
  if (partyId !== (await ownerOf(tx, payments, lineId))) return false
  const id = newId(clock)
  await insertMethod(tx, {
    id,
    lineId,
    partyId,
    provider,
    token: vault.seal(Buffer.from(method.token), contextOf(id)),
    title: method.title,
    paymentId,
    consentAt: clock.now(),
    consentWords: saves.consent,
  })
  return true
}

/**
 * What the line's automatic top-up may be paid from. Only while the owner who agreed is the owner, and the provider the one that keeps it:
 * else undefined.
 */
export async function usableMethod(
  db: Executor,
  till: TillContext,
  lineId: string,
): Promise<MethodRow | undefined> {
  const method = await selectMethod(db, lineId)
  if (!method || method.provider !== till.provider?.name) return undefined
  return method.partyId === (await ownerOf(db, till, lineId)) ? method : undefined
}

export const tokenOf = ({ vault }: Pick<PaymentsContext, 'vault'>, { id, token }: MethodRow): string =>
  vault.open(token, contextOf(id)).toString('utf8')

/** Forgets what the line's automatic top-up was paid from. */
export async function forgetMethod(
  tx: Executor,
  { clock }: Pick<TillContext, 'clock'>,
  lineId: string,
): Promise<void> {
  await endMethod(tx, lineId, clock.now())
}

/** Whose line it is now; undefined: nobody's. */
export async function ownerOf(
  db: Executor,
  { lines }: Pick<TillContext, 'lines'>,
  lineId: string,
): Promise<string | undefined> {
  const line = await findLine(db, lines, lineId)
  return line?.people.find(({ role }) => role === 'owner')?.partyId
}

/** Puts every saved method under the vault's newest key (key rotation). Gives how many changed. */
export async function resealMethods(db: Executor, vault: Vault): Promise<number> {
  let changed = 0
  for (const { id, sealed } of await sealedTokens(db)) {
    const fresh = vault.reseal(sealed, contextOf(id))
    if (fresh !== sealed) changed += await swapToken(db, id, sealed, fresh)
  }
  return changed
}
