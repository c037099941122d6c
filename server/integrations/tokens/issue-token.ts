import type { ServiceScope } from '../../../contracts/route.ts'
import { recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { insertToken, type TokenRow } from './store.ts'
import { newTokenValue } from './token-value.ts'

const DAY_MS = 86_400_000

export interface TokenWanted {
  readonly name: string
  readonly scopes: readonly ServiceScope[]
  readonly days: number
  readonly by: Parameters<typeof recordChange>[2]['actor'] & { readonly name: string }
}

/** Makes a token and records that it was made. Its value is given this once: the table keeps its digest. */
export async function issueToken(
  tx: Executor,
  clock: Clock,
  { name, scopes, days, by }: TokenWanted,
): Promise<{ value: string; row: TokenRow }> {
  const { value, prefix, hash } = newTokenValue()
  const now = clock.now()
  const row = await insertToken(tx, {
    id: newId(clock),
    name,
    scopes: [...new Set(scopes)],
    prefix,
    hash,
    createdAt: now,
    createdBy: by.name,
    expiresAt: new Date(now.getTime() + days * DAY_MS),
  })
  const after = { name, prefix, scopes: row.scopes, expiresAt: row.expiresAt }
  await recordChange(tx, clock, {
    actor: by,
    act: 'service-token.created',
    subject: `service-token:${row.id}`,
    after,
  })
  return { value, row }
}
