/**
 * The only reader of the environment. Everything is checked at start, all mistakes are told at once and in words; what comes out is
 * trusted by everyone else.
 */
import type { CountryCode } from 'libphonenumber-js/min'
import { bracketed, contradictions, demoByDefault, ownOrigins } from './config/rules.ts'
import { suspiciousNames } from './config/spelling.ts'
import { type Variables, variables } from './config/variables.ts'

export type Role = 'web' | 'worker' | 'router' | 'voice'

export interface Config {
  production: boolean
  host: string
  port: number
  /** Where browsers reach us, without a slash at the end. */
  publicUrl: string
  /** Origins of our own pages, the public address's first: what others may not do with our cookies, these may. */
  ownOrigins: string[]
  /** Addresses and networks whose X-Forwarded-* headers are believed. */
  trustedProxies: string[]
  /** Networks behind each address of which many phones stand, such as the operator's own. */
  sharedNetworks: string[]
  /** Origins in inner networks that doors may call. */
  innerServices: string[]
  /** Paths of PEM files; absent: plain HTTP, as behind a proxy. */
  tls: { certFile: string; keyFile: string } | undefined
  /** Folder of the embedded database, the files and the key. */
  dataDir: string
  /** An external PostgreSQL; absent: the embedded one in `dataDir`. */
  databaseUrl: string | undefined
  /** Keys that encrypt secrets and files, as given; absent: kept in a file in `dataDir`. */
  key: string | undefined
  /** How many lines, and sessions of My, a process keeps in memory at most; absent: by the machine's memory. */
  linesInMemory: number | undefined
  roles: Role[]
  /** ISO 3166 code: decides the default policies of channels, and how numbers without + are read. */
  country: CountryCode
  /** Seed a demo operator and run the outside world beside. */
  demo: boolean
  worldPort: number
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Opens /metrics and /docs to others than loopback. */
  metricsToken: string | undefined
  /** Who takes people's money; absent: nobody does. */
  payments:
    | {
        url: string
        shopId: string
        secretKey: string
        callbackKey: string
        /** Fiscal receipts through the provider's register; absent: they are made elsewhere. */
        receipts?: { vatCode: number; taxSystemCode: number | undefined } | undefined
      }
    | undefined
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined
  /** A language model that the assistant may ask; absent: it asks none. */
  languageModel: { url: string; model: string; key: string | undefined; remote: boolean } | undefined
  /** The system that keeps the lines, over TM Forum REST; absent: we keep them ourselves. */
  operatorSystem: { url: string; clientId: string; clientSecret: string } | undefined
}

/** The environment cannot be used; `problems` says everything that is wrong with it, one sentence each. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`The settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * Reads the settings from environment variables; an empty one counts as absent.
 * @throws ConfigError with every problem found
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const read = variables.safeParse(given)
  const issues = read.error?.issues ?? []
  const wrong = new Set(issues.map((issue) => String(issue.path[0])))
  // Without the wrong ones it reads, so that contradictions between the others are told at once too.
  const values = variables.parse(
    Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))),
  )
  const problems = [
    ...suspiciousNames(Object.keys(given), Object.keys(variables.shape)),
    ...issues.map((issue) => `${String(issue.path[0])} ${issue.message}`),
    ...contradictions(values),
  ]
  if (problems.length > 0) throw new ConfigError(problems)

  const { TLS_CERT, TLS_KEY, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = values
  const tls = TLS_CERT && TLS_KEY ? { certFile: TLS_CERT, keyFile: TLS_KEY } : undefined
  const publicUrl =
    values.PUBLIC_URL ?? `${tls ? 'https' : 'http'}://${bracketed(values.HOST)}:${values.PORT}`
  return {
    production: values.NODE_ENV === 'production',
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    ownOrigins: ownOrigins(publicUrl),
    trustedProxies: values.TRUSTED_PROXIES,
    sharedNetworks: values.SHARED_NETWORKS,
    innerServices: values.INNER_SERVICES,
    tls,
    dataDir: values.OTKLIK_DATA,
    databaseUrl: values.DATABASE_URL,
    key: values.OTKLIK_KEY,
    linesInMemory: values.LINES_IN_MEMORY,
    roles: values.OTKLIK_ROLES,
    country: values.COUNTRY,
    demo: values.OTKLIK_DEMO ?? demoByDefault(values),
    worldPort: values.WORLD_PORT,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    payments: paymentsOf(values),
    oidc:
      OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
        ? { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET }
        : undefined,
    languageModel: languageModelIn(values),
    operatorSystem: operatorSystemIn(values),
  }
}

function paymentsOf(values: Variables): Config['payments'] {
  const { YOOKASSA_URL, YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY, YOOKASSA_CALLBACK_KEY } = values
  const { YOOKASSA_RECEIPT_VAT: vatCode, YOOKASSA_TAX_SYSTEM: taxSystemCode } = values
  if (!YOOKASSA_SHOP_ID || !YOOKASSA_SECRET_KEY || !YOOKASSA_CALLBACK_KEY) return undefined
  return {
    url: YOOKASSA_URL,
    shopId: YOOKASSA_SHOP_ID,
    secretKey: YOOKASSA_SECRET_KEY,
    callbackKey: YOOKASSA_CALLBACK_KEY,
    receipts: vatCode === undefined ? undefined : { vatCode, taxSystemCode },
  }
}

function languageModelIn({
  LLM_URL: url,
  LLM_MODEL: model,
  LLM_KEY: key,
  LLM_PLACE,
}: Variables): Config['languageModel'] {
  return url && model ? { url, model, key, remote: LLM_PLACE === 'remote' } : undefined
}

function operatorSystemIn({
  OPERATOR_URL: url,
  OPERATOR_CLIENT_ID: clientId,
  OPERATOR_CLIENT_SECRET: clientSecret,
}: Variables): Config['operatorSystem'] {
  return url && clientId && clientSecret ? { url, clientId, clientSecret } : undefined
}
