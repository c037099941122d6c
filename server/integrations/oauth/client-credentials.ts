import { OAuthError } from './oauth-error.ts'

export interface ClientCredentials {
  readonly clientId: string
  readonly secret: string
}

/**
 * Who asks for a token, by HTTP Basic (`client_secret_basic`) or by the form (`client_secret_post`).
 * Refuses with `invalid_request` who uses both, with `invalid_client` who uses neither.
 */
export function credentialsOf(authorization: string | undefined, form: URLSearchParams): ClientCredentials {
  const basic = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '')?.[1]
  const secret = form.get('client_secret')
  if (authorization !== undefined && secret !== null)
    throw new OAuthError('invalid_request', 'use one way of client authentication')
  if (basic !== undefined) return fromBasic(basic)
  const clientId = form.get('client_id')
  if (secret === null || clientId === null)
    throw new OAuthError('invalid_client', 'client authentication is missing')
  return { clientId, secret }
}

/** RFC 6749 §2.3.1: id and secret are form-encoded before they are put together. */
function fromBasic(encoded: string): ClientCredentials {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) throw new OAuthError('invalid_client', 'malformed Basic credentials')
  return { clientId: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    throw new OAuthError('invalid_client', 'malformed Basic credentials')
  }
}
