/**
 * Secrets at rest: channel secrets, second factors, the keys of files.
 *
 * - AES-256-GCM; what is sealed carries the id of its key, so that several keys open and only the newest seals (rotation).
 * - A context (`channel-secret:<id>`) is bound in: what was sealed for one place opens nowhere else.
 * - The keys stand in OTKLIK_KEY or in a 0600 file, never in the database or its backups.
 */
export { KeyUnusable } from './key-unusable.ts'
export { openVault, type VaultSource } from './open-vault.ts'
export { SealBroken, type Vault } from './vault.ts'
