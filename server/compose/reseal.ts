import { resealPushKeys } from '../care/my/index.ts'
import { resealSecondFactors } from '../care/staff/index.ts'
import { resealAccounts } from '../care/timeline/index.ts'
import { resealWebhookSecrets } from '../integrations/webhooks/index.ts'
import { resealMethods } from '../operator/payments/index.ts'
import type { Db } from '../platform/database/index.ts'
import type { Files } from '../platform/files/index.ts'
import type { Vault } from '../platform/vault/index.ts'

const FILES_AT_ONCE = 100

/** How much was put under the newest key. */
export interface Resealed {
  readonly channels: number
  readonly webhooks: number
  readonly authenticators: number
  readonly pushKeys: number
  readonly paymentMethods: number
  readonly files: number
}

/**
 * Puts all that lies sealed under the newest key, while the installation works. May be stopped and run again: what is done is
 * done. Throws `SealBroken` when something was sealed by a key that is not there.
 */
export async function resealAll(db: Db, vault: Vault, files: Files): Promise<Resealed> {
  const channels = await resealAccounts(db, vault)
  const webhooks = await resealWebhookSecrets(db, vault)
  const authenticators = await resealSecondFactors(db, vault)
  const pushKeys = (await resealPushKeys(db, vault)) ? 1 : 0
  const paymentMethods = await resealMethods(db, vault)
  let resealed = 0
  for (let done = -1; done !== 0; resealed += done) done = await files.reseal(db, FILES_AT_ONCE)
  return { channels, webhooks, authenticators, pushKeys, paymentMethods, files: resealed }
}
