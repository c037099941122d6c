import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { variables } from './config/variables.ts'
import { ConfigError, readConfig } from './config.ts'

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('an empty environment', () => {
  test('is a demo on this machine with the embedded database', () => {
    expect(readConfig({ PATH: '/bin', HOSTNAME: 'box', PORT: '' })).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: undefined,
      dataDir: '.otklik',
      demo: true,
      country: 'RU',
      roles: ['web', 'worker', 'router', 'voice'],
    })
  })
})

describe('mistakes', () => {
  test('a misspelt name is told the right one', () => {
    expect(problemsOf({ PROT: '80' })).toEqual(['PROT is unknown: did you mean PORT?'])
    expect(problemsOf({ OTKLIK_DTAA: 'x' })).toEqual(['OTKLIK_DTAA is unknown: did you mean OTKLIK_DATA?'])
    expect(problemsOf({ OTKLIK_SOMETHING: 'x' })[0]).toMatch(
      /^OTKLIK_SOMETHING is unknown \(known are OTKLIK_DATA/,
    )
  })

  test('names of other programs are left in peace', () => {
    expect(
      problemsOf({ HOME: '/root', POSTGRES_HOST: 'x', HOSTS: 'y', HOST: 'localhost', LOGNAME: 'z' }),
    ).toEqual([])
  })

  test('a wrong value is told the allowed ones', () => {
    expect(problemsOf({ LOG_LEVEL: 'inof' })).toEqual([
      'LOG_LEVEL is "inof": did you mean "info"? allowed are trace, debug, info, warn, error, fatal, silent',
    ])
    expect(problemsOf({ OTKLIK_ROLES: 'web,wroker' })[0]).toContain('did you mean "worker"?')
    expect(problemsOf({ PORT: '70000' })).toEqual(['PORT must be a port number, 0 to 65535'])
    expect(problemsOf({ TRUSTED_PROXIES: '10.0.0.0/8, 300.1.1.1' })[0]).toContain('holds "300.1.1.1"')
  })

  test('a country that has no phone numbers is told: numbers would be read as nobody’s', () => {
    expect(problemsOf({ COUNTRY: 'UK' })).toEqual([
      'COUNTRY must be a country code of two capital letters, such as RU',
    ])
    expect(readConfig({ COUNTRY: 'KZ' }).country).toBe('KZ')
  })

  test('all are told at once', () => {
    expect(problemsOf({ HSOT: '1', PORT: 'x', TLS_CERT: 'a.pem', DATABASE_URL: 'mysql://x' })).toHaveLength(4)
  })
})

describe('services in inner networks', () => {
  test('are told by their origins; what is no address is not', () => {
    expect(
      readConfig({ INNER_SERVICES: 'http://10.0.0.7:8081/bot, http://sms.internal' }).innerServices,
    ).toEqual(['http://10.0.0.7:8081', 'http://sms.internal'])
    expect(problemsOf({ INNER_SERVICES: 'sms.internal:8080' })[0]).toContain('must be an address such as')
  })
})

describe('who takes payments', () => {
  const shop = { YOOKASSA_SHOP_ID: '100500', YOOKASSA_SECRET_KEY: 'live_key' }
  const callbackKey = 'a-callback-key-of-the-test-0000'

  test('is nobody, or a shop with its secret and a key that nobody guesses', () => {
    expect(readConfig({}).payments).toBeUndefined()
    expect(problemsOf(shop)).toEqual([expect.stringMatching(/YOOKASSA_CALLBACK_KEY is missing$/)])
    expect(problemsOf({ ...shop, YOOKASSA_CALLBACK_KEY: 'short' })[0]).toContain('24 to 200')
    expect(readConfig({ ...shop, YOOKASSA_CALLBACK_KEY: callbackKey }).payments).toEqual({
      url: 'https://api.yookassa.ru/v3',
      shopId: '100500',
      secretKey: 'live_key',
      callbackKey,
    })
  })

  test('is spoken to over https', () => {
    expect(problemsOf({ YOOKASSA_URL: 'http://api.yookassa.ru/v3' })).toHaveLength(1)
  })
})

describe('the demo', () => {
  test('is off by default wherever others could reach it', () => {
    expect(readConfig({ HOST: '192.0.2.7' }).demo).toBe(false)
    expect(readConfig({ DATABASE_URL: 'postgresql://u@h/db' }).demo).toBe(false)
    expect(readConfig({ NODE_ENV: 'production' }).demo).toBe(false)
    expect(readConfig({ PUBLIC_URL: 'https://service.example.ru/' })).toMatchObject({
      demo: false,
      publicUrl: 'https://service.example.ru',
    })
  })

  test('is refused in production, on a public address and on an open interface', () => {
    expect(problemsOf({ OTKLIK_DEMO: 'on', NODE_ENV: 'production' })).toHaveLength(1)
    expect(problemsOf({ OTKLIK_DEMO: 'on', PUBLIC_URL: 'https://service.example.ru' })).toHaveLength(1)
    expect(problemsOf({ OTKLIK_DEMO: 'on', HOST: '192.0.2.7' })).toHaveLength(1)
    expect(readConfig({ OTKLIK_DEMO: 'on', PUBLIC_URL: 'http://localhost:3000' }).demo).toBe(true)
  })
})

describe('the pages that may call us', () => {
  test('are those of our own machine, however it is spelt, when it has no other address', () => {
    const spelt = ['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000']
    expect(readConfig({}).ownOrigins).toEqual(spelt)
    expect(readConfig({ PUBLIC_URL: 'http://localhost:3000/' }).ownOrigins.toSorted()).toEqual(
      spelt.toSorted(),
    )
    expect(readConfig({ HOST: '127.0.0.2', PORT: '80' }).ownOrigins[0]).toBe('http://127.0.0.2')
  })

  test('are those of the public address alone when there is one', () => {
    expect(readConfig({ PUBLIC_URL: 'https://service.example.ru/care' }).ownOrigins).toEqual([
      'https://service.example.ru',
    ])
    expect(readConfig({ HOST: '192.0.2.7' }).ownOrigins).toEqual(['http://192.0.2.7:3000'])
  })
})

describe('an installation', () => {
  test('that listens on every interface says by which address it is reached', () => {
    for (const HOST of ['0.0.0.0', '::', '0'])
      expect(problemsOf({ HOST })).toEqual([expect.stringMatching(/^PUBLIC_URL is needed/)])
    expect(problemsOf({ HOST: '0.0.0.0', PUBLIC_URL: 'https://service.example.ru' })).toEqual([])
  })

  test('in production has an https address', () => {
    expect(problemsOf({ NODE_ENV: 'production', PUBLIC_URL: 'http://service.example.ru' })[0]).toContain(
      'must start with https://',
    )
  })

  test('takes a database behind a Unix socket', () => {
    const databaseUrl = 'postgresql://postgres@/otklik?host=/var/run/postgresql'
    expect(readConfig({ DATABASE_URL: databaseUrl }).databaseUrl).toBe(databaseUrl)
  })

  test('cannot use what does not exist yet', () => {
    expect(problemsOf({ NATS_URL: 'nats://h:4222' })[0]).toContain('not available in this version')
    expect(problemsOf({ FILES_URL: 's3://bucket' })[0]).toContain('not available in this version')
    expect(problemsOf({ NATS_URL: 'h:4222' })[0]).toContain('must be an address')
  })
})

test('.env.example documents each variable and nothing else, and its values are valid', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../.env.example'), 'utf8')
  const lines = [...text.matchAll(/^(# )?([A-Z][A-Z_]*)=(.*)$/gm)]
  expect(lines.map((line) => line[2]).sort()).toEqual(Object.keys(variables.shape).sort())
  const active = lines.filter((line) => line[1] === undefined).map((line) => [line[2]!, line[3]!])
  expect(problemsOf(Object.fromEntries(active))).toEqual([])
})
