import type { z } from 'zod'
import type { integrations, ServiceToken } from '../../../contracts/integrations.ts'
import { recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { found } from '../../platform/refusal.ts'
import { insertToken, selectTokens, setRevoked, type TokenRow } from './store.ts'
import { newTokenValue } from './token-value.ts'

const DAY_MS = 86_400_000

type TokenOperation = 'listServiceTokens' | 'createServiceToken' | 'revokeServiceToken'

/** The tokens' part of the `integrations` contract. */
export function serviceTokenHandlers({
  clock,
}: {
  readonly clock: Clock
}): Pick<Handlers<typeof integrations>, TokenOperation> {
  return {
    async listServiceTokens({ db }) {
      return (await selectTokens(db)).map(shown)
    },
    async createServiceToken({ db, actor, body }) {
      const { value, prefix, hash } = newTokenValue()
      const now = clock.now()
      const row = await inTransaction(db, async (tx) => {
        const token = await insertToken(tx, {
          id: newId(clock),
          name: body.name,
          scopes: [...new Set(body.scopes)],
          prefix,
          hash,
          createdAt: now,
          createdBy: actor.name,
          expiresAt: new Date(now.getTime() + body.days * DAY_MS),
        })
        const { id, name, scopes, expiresAt } = token
        const after = { name, prefix, scopes, expiresAt }
        await recordChange(tx, clock, {
          actor,
          act: 'service-token.created',
          subject: `service-token:${id}`,
          after,
        })
        return token
      })
      return { token: value, info: shown(row) }
    },
    async revokeServiceToken({ db, actor, params }) {
      await inTransaction(db, async (tx) => {
        const { id, name, prefix } = found(await setRevoked(tx, params.id, clock.now()), 'service token')
        const before = { name, prefix }
        await recordChange(tx, clock, {
          actor,
          act: 'service-token.revoked',
          subject: `service-token:${id}`,
          before,
        })
      })
      return { done: true }
    },
  }
}

function shown({
  createdAt,
  expiresAt,
  lastUsedAt,
  revokedAt,
  ...row
}: TokenRow): z.input<typeof ServiceToken> {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  }
}
