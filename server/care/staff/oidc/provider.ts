import * as oidc from 'openid-client'
import { Refusal } from '../../../platform/refusal.ts'
import type { OidcSettings } from '../settings.ts'

/** What a flow must remember between leaving for the provider and coming back. */
export interface Flow {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** What the provider says of a person, from a verified ID token. */
export interface Identity {
  /** Issuer and subject: the one name that a provider never gives to somebody else (OpenID Connect Core §5.7). */
  readonly subject: string
  /** Only if the provider has verified it. */
  readonly email: string | undefined
  readonly secondFactor: boolean
}

export interface Provider {
  /** A new flow and the provider's page where it begins. */
  begin(): Promise<{ flow: Flow; url: URL }>
  /** Ends a flow at the address that the browser came back to. Refuses with `wrong_credentials` what does not verify. */
  finish(flow: Flow, callback: URL): Promise<Identity>
}

const RETRY_MS = 5000
/** RFC 8176: the methods that are, or imply, something beside a password. */
const SECOND_FACTORS = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'fpt', 'face', 'iris', 'vbm'])

/** Authorization code with PKCE (RFC 7636), state and nonce. The provider is discovered at the first use and again after a failure. */
export function createProvider(settings: OidcSettings): Provider {
  const { issuer, clientId, clientSecret, redirectUri, insecure } = settings
  let discovered: Promise<oidc.Configuration> | undefined
  const discover = () => {
    discovered ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        execute: insecure ? [oidc.allowInsecureRequests] : [],
        timeout: 10,
      })
      .catch((error: unknown) => {
        discovered = undefined
        throw unavailable(error)
      })
    return discovered
  }

  return {
    async begin() {
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const url = oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      })
      return { flow, url }
    },
    async finish(flow, callback) {
      const tokens = await oidc
        .authorizationCodeGrant(await discover(), callback, {
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          pkceCodeVerifier: flow.verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw isNetworkFailure(error) ? unavailable(error) : new Refusal('wrong_credentials')
        })
      return identityOf(tokens.claims(), settings)
    },
  }
}

function identityOf(claims: oidc.IDToken | undefined, settings: OidcSettings): Identity {
  if (!claims) throw new Refusal('wrong_credentials')
  const methods = Array.isArray(claims.amr) ? claims.amr : []
  const { email } = claims
  return {
    subject: `${claims.iss} ${claims.sub}`,
    email: claims.email_verified === true && typeof email === 'string' ? email : undefined,
    secondFactor:
      settings.secondFactor === 'provider' || methods.some((method) => SECOND_FACTORS.has(String(method))),
  }
}

function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}

function unavailable(cause: unknown): Refusal {
  const refusal = new Refusal('unavailable', { what: 'sign-in provider', retryAfterMs: RETRY_MS })
  refusal.cause = cause
  return refusal
}
