import { Secret, TOTP } from 'otpauth'
import type { Vault } from '../../platform/vault/index.ts'

/** RFC 6238 as every authenticator speaks it: SHA-1, six digits, 30 s. */
const PERIOD_S = 30
/** One step either way, for clocks that differ (RFC 6238 §5.2). */
const WINDOW = 1
/** RFC 4226 §4 R6 recommends 160 bits. */
const SECRET_BYTES = 20

/** The vault's context of a member's secret. */
export const contextOfSecret = (memberId: string) => `staff.member.totp_secret:${memberId}`

/** A new secret: sealed for the table, and as text and `otpauth://` address for the person's authenticator. */
export function newSecondFactor(vault: Vault, member: { id: string; email: string }, issuer: string) {
  const secret = new Secret({ size: SECRET_BYTES })
  const totp = new TOTP({ issuer, label: member.email, secret, period: PERIOD_S })
  const sealed = vault.seal(Buffer.from(secret.bytes), contextOfSecret(member.id))
  return { sealed, secret: secret.base32, uri: totp.toString() }
}

/**
 * The time step that a code belongs to, or undefined if it is no code of now. The caller keeps the last step that was used:
 * a code works once (RFC 6238 §5.2).
 */
export function stepOfCode(
  vault: Vault,
  member: { id: string; totpSecret: Buffer },
  code: string,
  now: Date,
): number | undefined {
  const opened = vault.open(member.totpSecret, contextOfSecret(member.id))
  const secret = new Secret({ buffer: new Uint8Array(opened).buffer })
  const token = code.replaceAll(/\s/g, '')
  const timestamp = now.getTime()
  const delta = TOTP.validate({ secret, token, timestamp, period: PERIOD_S, window: WINDOW })
  return delta === null ? undefined : TOTP.counter({ timestamp, period: PERIOD_S }) + delta
}
