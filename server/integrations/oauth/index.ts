/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4): other systems change their service token for a short-lived access token.
 *
 * - The client is the service token: its prefix (`otk_NAME`) is the client's id, its whole value the secret. There is no second list of clients.
 * - Access tokens are opaque; the table keeps their SHA-256. They end after ten minutes, and at once with the service token.
 * - A token has the scopes that were asked for, never more than its client. Errors are those of RFC 6749 §5.2.
 * - Asking is limited by client and by origin, across nodes.
 */
export { authenticateAccess } from './authenticate-access.ts'
export { createOAuthLimits, type OAuthLimits } from './limits.ts'
export { forgetAccessTokens } from './store.ts'
export { serveTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts'
