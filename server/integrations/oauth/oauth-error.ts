/** Error codes of RFC 6749 §5.2, and one for when we cannot judge now. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable'

/** The token endpoint says no in OAuth's own words. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthErrorCode
  readonly description: string

  constructor(code: OAuthErrorCode, description: string) {
    super(code)
    this.code = code
    this.description = description
  }
}
