import type { ServerOptions } from 'node:https'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import { Refusal } from '../refusal.ts'
import { type Metrics, requestIdOf } from '../telemetry/index.ts'
import { answerWriter } from './answers.ts'
import { addDocs } from './docs.ts'
import { addHealth } from './health.ts'
import { addOpenApi } from './openapi.ts'
import { answerFailure } from './problems.ts'
import { addRateShield, type RateShield } from './rate-shield.ts'
import type { Readiness } from './readiness.ts'
import { RequestLog } from './request-log.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { addStatic } from './static.ts'
import { trustedProxies } from './trusted-proxies.ts'
import { watchRequests } from './watch-requests.ts'

export interface AppOptions {
  readonly log: FastifyBaseLogger
  readonly metrics: Metrics
  readonly readiness: Readiness
  /** Where browsers reach us, without a slash at the end. */
  readonly publicUrl: string
  /** Origins of our own pages; absent: the public address's. */
  readonly ownOrigins?: readonly string[]
  /** Addresses and networks whose X-Forwarded-* headers are believed. */
  readonly trustedProxies?: readonly string[]
  /** Certificate and key in PEM; absent: plain HTTP. */
  readonly tls?: Pick<ServerOptions, 'cert' | 'key'> | undefined
  /** Folder of the built web apps (`dist/web`); absent: none are served. */
  readonly webDir?: string | undefined
  /** The root leads to the demo site rather than to the desk. */
  readonly demo?: boolean
  /** Opens /metrics, /openapi.json and /docs to others than loopback. */
  readonly metricsToken?: string | undefined
  /** Shown in the API description. */
  readonly version?: string
  /** The coarse shield of the API against floods; false: none. */
  readonly rateShield?: RateShield | false
  /** Does an address stand for many phones? They have more room under the shield; absent: none does. */
  readonly isShared?: (address: string) => boolean
  /** Most bytes of a request's body, uploads aside; default 1 MiB. */
  readonly bodyLimit?: number
}

const BODY_LIMIT = 1024 * 1024
/** A large file over a bad mobile network takes minutes; headers never do. */
const REQUEST_TIMEOUT_MS = 300_000
const HEADERS_TIMEOUT_MS = 15_000
const KEEP_ALIVE_MS = 72_000

/**
 * The app without its operations: `serve` contracts and add routes to it, then `listen`. What concerns every request stands first,
 * because Fastify applies hooks to the routes that come after them.
 */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { log, metrics, trustedProxies: proxies = [], tls } = options
  const settings = {
    loggerInstance: log,
    // One line of our own at the end instead: theirs hold addresses and whole URLs.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }: { headers: NodeJS.Dict<string | string[]> }) => requestIdOf(headers),
    childLoggerFactory: (parent: FastifyBaseLogger, ...how: Parameters<FastifyBaseLogger['child']>) =>
      new RequestLog(parent, ...how),
    trustProxy: proxies.length > 0 ? trustedProxies(proxies) : false,
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    forceCloseConnections: 'idle' as const,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
  }
  const app: FastifyInstance = tls ? Fastify({ ...settings, https: tls }) : Fastify(settings)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(answerWriter)
  app.setErrorHandler(answerFailure)
  app.setNotFoundHandler((request, reply) =>
    answerFailure(new Refusal('not_found', { what: 'route' }), request, reply),
  )

  watchRequests(app, metrics)
  addSecurityHeaders(app, options.ownOrigins ?? [new URL(options.publicUrl).origin])
  if (options.rateShield !== false) addRateShield(app, options.isShared ?? (() => false), options.rateShield)
  await addOpenApi(app, { publicUrl: options.publicUrl, version: options.version ?? '0' })
  addHealth(app, options)
  addDocs(app, options)
  await addStatic(app, { webDir: options.webDir, home: options.demo ? '/demo/' : '/desk/' })
  return app
}
