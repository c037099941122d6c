import { isIP } from 'node:net'
import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/min'
import { z } from 'zod'
import { didYouMean } from './spelling.ts'

const ROLES = ['web', 'worker', 'router', 'voice'] as const
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal']

const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
    error: 'must be a port number, 0 to 65535',
  })
  .transform(Number)

/** One of a few words; a wrong one is told the nearest and all of them. */
function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, {
    error: ({ input }) =>
      `is "${String(input)}": ${didYouMean(String(input), words)}allowed are ${words.join(', ')}`,
  })
}

function address(protocols: string[], example: string) {
  return z.string().refine((text) => protocols.includes(protocolOf(text)), {
    error: `must be an address such as ${example}`,
  })
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : ''
}

function list<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item))
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || (/^[\w.-]+$/.test(text) && URL.canParse(`http://${text}`))
}

const network = z.string().refine(isNetwork, {
  error: ({ input }) =>
    `holds "${String(input)}": each must be an IP address, a network (10.0.0.0/8) or one of ${NETWORK_NAMES.join(', ')}`,
})

const numberedNetwork = z.string().refine((text) => isNetwork(text) && !NETWORK_NAMES.includes(text), {
  error: ({ input }) =>
    `holds "${String(input)}": each must be an IP address or a network such as 198.51.100.0/24`,
})

function isNetwork(text: string): boolean {
  const [host = '', bits] = text.split('/')
  const version = isIP(host)
  if (version === 0) return bits === undefined && NETWORK_NAMES.includes(host)
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

// An empty host is how the driver's own syntax names a Unix socket: postgresql://user@/database?host=/folder.
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/./, {
  error: 'must be an address such as postgresql://user:password@host:5432/otklik',
})

/** Every variable that we read: its form, its default. Described for people in .env.example. */
export const variables = z.object({
  NODE_ENV: oneOf(['production', 'development', 'test']).default('development'),
  HOST: z
    .string()
    .refine(isHost, { error: 'must be a host name or an IP address, without port' })
    .default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: address(['http:', 'https:'], 'https://service.example.ru')
    .refine((text) => !/[?#]/.test(text), { error: 'must have no query and no fragment' })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  TRUSTED_PROXIES: list(network).default([]),
  INNER_SERVICES: list(
    address(['https:', 'http:'], 'http://sms.internal:8080').transform((text) => new URL(text).origin),
  ).default([]),
  SHARED_NETWORKS: list(numberedNetwork).default([]),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  OTKLIK_DATA: z.string().default('.otklik'),
  DATABASE_URL: postgresUrl.optional(),
  FILES_URL: address(['s3:', 'https:', 'http:'], 's3://bucket?endpoint=https://s3.example.ru').optional(),
  NATS_URL: address(['nats:', 'tls:'], 'nats://host:4222').optional(),
  OTKLIK_KEY: z.string().optional(),
  LINES_IN_MEMORY: z.coerce
    .number({ error: 'must be a number of lines' })
    .int()
    .min(1, { error: 'must be at least 1' })
    .max(5_000_000, { error: 'must be at most 5000000' })
    .optional(),
  OTKLIK_ROLES: list(oneOf(ROLES)).default([...ROLES]),
  COUNTRY: z
    .custom<CountryCode>((given) => isSupportedCountry(String(given)), {
      error: 'must be a country code of two capital letters, such as RU',
    })
    .default('RU'),
  OTKLIK_DEMO: oneOf(['on', 'off'])
    .transform((word) => word === 'on')
    .optional(),
  WORLD_PORT: port.default(3001),
  LOG_LEVEL: oneOf(LEVELS).default('info'),
  METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  OIDC_ISSUER: address(['https:', 'http:'], 'https://sso.example.ru/realms/operator').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  YOOKASSA_URL: address(['https:'], 'https://api.yookassa.ru/v3')
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://api.yookassa.ru/v3'),
  YOOKASSA_SHOP_ID: z.string().optional(),
  YOOKASSA_SECRET_KEY: z.string().optional(),
  YOOKASSA_RECEIPT_VAT: z.coerce.number().int().min(1).max(12).optional(),
  YOOKASSA_TAX_SYSTEM: z.coerce.number().int().min(1).max(6).optional(),
  YOOKASSA_CALLBACK_KEY: z
    .string()
    .regex(/^[\w-]{24,200}$/, { error: 'must have 24 to 200 letters, digits, _ and -' })
    .optional(),
  OPERATOR_URL: address(['https:', 'http:'], 'https://bss.example.ru')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  OPERATOR_CLIENT_ID: z.string().optional(),
  OPERATOR_CLIENT_SECRET: z.string().optional(),
  LLM_URL: address(['https:', 'http:'], 'https://llm.example.ru/v1')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  LLM_MODEL: z.string().max(200).optional(),
  LLM_KEY: z.string().optional(),
  LLM_PLACE: oneOf(['remote', 'local']).default('remote'),
})

export type Variables = z.output<typeof variables>
