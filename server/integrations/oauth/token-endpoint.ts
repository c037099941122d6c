import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Scope } from '../../../contracts/integrations.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import { answerFailure } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { credentialsOf } from './client-credentials.ts'
import { issueAccessToken } from './issue-access-token.ts'
import type { OAuthLimits } from './limits.ts'
import { OAuthError } from './oauth-error.ts'

export interface TokenEndpoint {
  readonly db: Db
  readonly clock: Clock
  readonly limits: OAuthLimits
  /** Without a slash at the end. */
  readonly publicUrl: string
}

const TOKEN_PATH = '/oauth/token'
const FORM = 'application/x-www-form-urlencoded'
const FORM_LIMIT = 16_384

/** Adds `POST /oauth/token` and its description for machines (RFC 8414). They speak OAuth's own language, so no contract has them. */
export async function serveTokenEndpoint(app: FastifyInstance, endpoint: TokenEndpoint): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      FORM,
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      async (_: unknown, body: string) => body,
    )
    scope.setErrorHandler(answerOAuthFailure)
    scope.post(TOKEN_PATH, { schema: { hide: true } }, (request, reply) =>
      answerToken(endpoint, request, reply),
    )
    scope.get('/.well-known/oauth-authorization-server', { schema: { hide: true } }, async () => ({
      issuer: endpoint.publicUrl,
      token_endpoint: endpoint.publicUrl + TOKEN_PATH,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      scopes_supported: Scope.options,
      response_types_supported: [],
    }))
  })
}

async function answerToken(endpoint: TokenEndpoint, request: FastifyRequest, reply: FastifyReply) {
  // RFC 6749 §5.1: nobody between us keeps what is answered here.
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  await endpoint.limits.take('oauth:origin', request.ip)
  const form = formOf(request.body)
  const credentials = credentialsOf(request.headers.authorization, form)
  await endpoint.limits.take('oauth:client', credentials.clientId, request.ip)
  if (form.get('grant_type') !== 'client_credentials') throw grantError(form)
  const { accessToken, expiresInS, scopes } = await issueAccessToken(endpoint, credentials, form.get('scope'))
  return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresInS, scope: scopes.join(' ') }
}

/** The form; a parameter may stand in it once (RFC 6749 §3.2). */
function formOf(body: unknown): URLSearchParams {
  const form = new URLSearchParams(typeof body === 'string' ? body : '')
  const names = [...form.keys()]
  if (new Set(names).size < names.length)
    throw new OAuthError('invalid_request', 'a parameter is given more than once')
  return form
}

const grantError = (form: URLSearchParams) =>
  form.has('grant_type')
    ? new OAuthError('unsupported_grant_type', 'only client_credentials')
    : new OAuthError('invalid_request', 'grant_type is missing')

function answerOAuthFailure(
  error: FastifyError | Refusal | OAuthError,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  if (error instanceof OAuthError) {
    const { code, description } = error
    if (code === 'invalid_client') reply.header('www-authenticate', 'Basic realm="otklik", charset="UTF-8"')
    return reply
      .code(code === 'invalid_client' ? 401 : 400)
      .send({ error: code, error_description: description })
  }
  if (error instanceof Refusal && (error.code === 'rate_limited' || error.code === 'unavailable')) {
    const { retryAfterMs } = error.facts
    if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
    return reply.code(error.code === 'rate_limited' ? 429 : 503).send({ error: 'temporarily_unavailable' })
  }
  if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500)
    return reply
      .code(error.statusCode)
      .send({ error: 'invalid_request', error_description: `send a form: ${FORM}` })
  return answerFailure(error, request, reply)
}
