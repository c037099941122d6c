/** What an installation decides about signing in. Durations in milliseconds. */
export interface StaffSettings {
  /** Origins from which the desk is served: the public URL's, and loopback's in the embedded default. */
  readonly allowedOrigins: readonly string[]
  /** The desk is served over https: cookies are `Secure` and carry the `__Host-` prefix. */
  readonly secureCookies: boolean
  /** Demo accounts may enter. Where it is false they are shut, even if they stand in the table. */
  readonly demo: boolean
  readonly operator: { readonly name: string; readonly accent: string }
  /** The phone page of the demo's outside world. */
  readonly worldUrl: string | null
  /** Without anything done by the person for so long the session locks. */
  readonly idleLockMs: number
  /** A session ends so long after the person last did something. */
  readonly sessionMs: number
  /** Sign-in by the operator's own provider; absent = by password only. */
  readonly oidc?: OidcSettings
}

export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where the provider sends people back to: `PUBLIC_URL/api/v1/session/oidc/callback`. */
  readonly redirectUri: string
  /** Where people land afterwards; `?problem=CODE` is added when it was refused. */
  readonly landingUrl: string
  /**
   * Who proves the second factor. `amr`: the ID token must say so (RFC 8176: mfa, otp, hwk, swk, fpt, face, sc);
   * `provider`: the operator vouches that its provider never lets anybody in without one.
   */
  readonly secondFactor: 'amr' | 'provider'
  /** Plain http to the provider; for loopback only. */
  readonly insecure?: boolean
}

export const STAFF_DEFAULTS = { idleLockMs: 15 * 60_000, sessionMs: 12 * 3_600_000 } as const
