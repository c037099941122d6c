import { randomBytes } from 'node:crypto'
import type { Executor } from '../../platform/database/index.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { sealedSecrets, swapSecret } from './store.ts'

/** Tells secret scanners, and us, what it is. */
const PREFIX = 'whsec_'
const contextOf = (webhookId: string) => `webhook-secret:${webhookId}`

/** A new signing secret with 256 random bits: its value, for once, and the sealed form that is kept. */
export function newSecret(vault: Vault, webhookId: string): { value: string; sealed: Buffer } {
  const value = PREFIX + randomBytes(32).toString('base64url')
  return { value, sealed: vault.seal(Buffer.from(value), contextOf(webhookId)) }
}

export const openSecret = (vault: Vault, webhookId: string, sealed: Buffer): string =>
  vault.open(sealed, contextOf(webhookId)).toString('utf8')

/** Puts every signing secret under the vault's newest key (key rotation). Gives how many changed. */
export async function resealWebhookSecrets(db: Executor, vault: Vault): Promise<number> {
  let changed = 0
  for (const { id, sealed } of await sealedSecrets(db)) {
    const fresh = vault.reseal(sealed, contextOf(id))
    if (fresh !== sealed) changed += await swapSecret(db, id, sealed, fresh)
  }
  return changed
}
