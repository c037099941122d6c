import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { setSessionCookie } from '../cookie.ts'
import type { StaffDeps } from '../deps.ts'
import type { OidcSettings } from '../settings.ts'
import { deviceOf } from '../start-session.ts'
import { keepFlow, takeFlow } from './flow-cookie.ts'
import { createProvider } from './provider.ts'
import { signInByOidc } from './sign-in-by-oidc.ts'

/**
 * The two pages that a browser passes on its way to the provider and back. Not part of the contract: they answer with redirects, and
 * a refusal lands on the desk as `?problem=CODE`.
 */
export function addOidcRoutes(app: FastifyInstance, deps: StaffDeps & { readonly db: Db }): void {
  const { oidc } = deps.settings
  if (oidc) void app.register(async (scope) => addRoutes(scope, deps, oidc))
}

function addRoutes(scope: FastifyInstance, deps: StaffDeps & { readonly db: Db }, oidc: OidcSettings): void {
  const { db, clock, vault, settings } = deps
  const provider = createProvider(oidc)
  const secure = settings.secureCookies
  const flows = { clock, vault, secure }

  scope.setErrorHandler((error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply) => {
    // The outer handler answers defects.
    if (!(error instanceof Refusal)) throw error
    request.log.info({ code: error.code, err: error.cause }, 'sign-in by provider refused')
    const landing = new URL(oidc.landingUrl)
    landing.searchParams.set('problem', error.code)
    return reply.redirect(landing.href)
  })

  scope.get('/api/v1/session/oidc/start', { schema: { hide: true } }, async (_request, reply) => {
    const { flow, url } = await provider.begin()
    keepFlow(reply, flows, flow)
    return reply.redirect(url.href)
  })

  scope.get('/api/v1/session/oidc/callback', { schema: { hide: true } }, async (request, reply) => {
    const flow = takeFlow(request, reply, flows)
    if (!flow) throw new Refusal('unauthenticated')
    // The redirect URI as it was told to the provider, whatever a proxy made of our own address.
    const callback = new URL(oidc.redirectUri)
    callback.search = new URL(request.url, callback).search
    const identity = await provider.finish(flow, callback)
    const session = await signInByOidc(db, deps, identity, deviceOf(request))
    setSessionCookie(reply, session.token, secure)
    return reply.redirect(oidc.landingUrl)
  })
}
