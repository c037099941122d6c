import type { Db } from '../../platform/database/index.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { sealedSecrets, swapSecret } from './member-store.ts'
import { contextOfSecret } from './second-factor.ts'

/** Puts every authenticator's secret under the vault's newest key (key rotation). Gives how many changed. */
export async function resealSecondFactors(db: Db, vault: Vault): Promise<number> {
  let changed = 0
  for (const { id, sealed } of await sealedSecrets(db)) {
    const fresh = vault.reseal(sealed, contextOfSecret(id))
    if (fresh !== sealed && (await swapSecret(db, id, sealed, fresh))) changed += 1
  }
  return changed
}
