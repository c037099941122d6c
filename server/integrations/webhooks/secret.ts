import { randomBytes } from 'node:crypto'
import type { Vault } from '../../platform/vault/index.ts'

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
