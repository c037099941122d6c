import type { ServiceScope } from '../../../contracts/route.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import { touchIfDue } from './authenticate.ts'
import { findLiveToken, findLiveTokenById } from './store.ts'
import { hashOfValue } from './token-value.ts'

/** Another system, as OAuth's client. */
export interface Client {
  readonly id: string
  readonly name: string
  readonly scopes: readonly ServiceScope[]
}

/** The service token with this prefix and value, if it is good now. */
export async function findClient(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { clientId, secret }: { readonly clientId: string; readonly secret: string },
): Promise<Client | undefined> {
  const token = await findLiveToken(db, hashOfValue(secret), clock.now())
  if (token?.prefix !== clientId) return undefined
  await touchIfDue(db, token, clock.now())
  return token
}

/** The service token with this id, if it is good now. */
export function findClientById(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  id: string,
): Promise<Client | undefined> {
  return findLiveTokenById(db, id, clock.now())
}
