import type { z } from 'zod'
import type { integrations, ServiceToken } from '../../../contracts/integrations.ts'
import { recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { issueToken } from './issue-token.ts'
import { selectTokens, setRevoked, type TokenRow } from './store.ts'

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
      const { value, row } = await inTransaction(db, (tx) => issueToken(tx, clock, { ...body, by: actor }))
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
