import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBrowser, aDesk, aMember, type TestDesk, type TestMember } from '../../../../test/factories/staff.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import type { OidcSettings } from '../settings.ts'

const CLIENT = { id: 'otklik', secret: 's3cret' }
const LANDING = 'https://desk.example/desk/'
const CALLBACK = 'https://desk.example/api/v1/session/oidc/callback'

interface Person {
  sub: string
  email: string
  email_verified: boolean
  amr?: string[]
  nonce?: string
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** ES256 (RFC 7518 §3.4). */
function idToken(claims: object): string {
  const signed = `${base64url({ alg: 'ES256', kid: 'k1', typ: 'JWT' })}.${base64url(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

/** A small OpenID provider that signs in whoever `person` is at the moment, and checks what a provider has to. */
async function aProvider() {
  const codes = new Map<string, { challenge: string; nonce: string }>()
  const state: { person: Person; issuer: string; server: Server } = {
    person: { sub: 'p', email: '', email_verified: true },
    issuer: '',
    server: createServer(async (request, response) => {
      const url = new URL(request.url ?? '/', state.issuer)
      const answer = (status: number, body: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      if (url.pathname === '/.well-known/openid-configuration') {
        return answer(200, {
          issuer: state.issuer,
          authorization_endpoint: `${state.issuer}/authorize`,
          token_endpoint: `${state.issuer}/token`,
          jwks_uri: `${state.issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
        })
      }
      if (url.pathname === '/jwks') {
        return answer(200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }],
        })
      }
      if (url.pathname === '/authorize') {
        const ask = url.searchParams
        const code = randomUUID()
        codes.set(code, { challenge: ask.get('code_challenge') ?? '', nonce: ask.get('nonce') ?? '' })
        const back = new URL(ask.get('redirect_uri') ?? '')
        back.search = new URLSearchParams({ code, state: ask.get('state') ?? '' }).toString()
        return response.writeHead(302, { location: back.href }).end()
      }
      let body = ''
      for await (const part of request) body += String(part)
      const form = new URLSearchParams(body)
      const given = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const known = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret
      if (!given || !known || challenge !== given.challenge) return answer(400, { error: 'invalid_grant' })
      const now = Math.floor(Date.now() / 1000)
      const { nonce } = given
      const claims = { iss: state.issuer, aud: CLIENT.id, iat: now, exp: now + 60, nonce, ...state.person }
      return answer(200, {
        access_token: 'a',
        token_type: 'Bearer',
        expires_in: 60,
        id_token: idToken(claims),
      })
    }),
  }
  await new Promise<void>((ready) => state.server.listen(0, '127.0.0.1', ready))
  state.issuer = `http://127.0.0.1:${(state.server.address() as AddressInfo).port}`
  return state
}

let database: TestDatabase
let provider: Awaited<ReturnType<typeof aProvider>>
let desk: TestDesk
let oidc: OidcSettings

beforeAll(async () => {
  database = await createTestDatabase()
  provider = await aProvider()
  oidc = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    redirectUri: CALLBACK,
    landingUrl: LANDING,
    secondFactor: 'amr',
    insecure: true,
  }
  desk = await aDesk(database, { oidc })
})
afterAll(async () => {
  await desk.app.close()
  provider.server.close()
  await database.drop()
})

/** Through the provider and back, as a browser goes; cookies by name. */
async function travel(person: Person, change: (callback: URL) => void = () => undefined, node = desk) {
  provider.person = person
  const started = await node.app.inject({ url: '/api/v1/session/oidc/start' })
  const flow = String(started.headers['set-cookie']).split(';')[0] ?? ''
  const there = await fetch(String(started.headers.location), { redirect: 'manual' })
  const callback = new URL(there.headers.get('location') ?? '')
  change(callback)
  const url = `${callback.pathname}${callback.search}`
  const back = await node.app.inject({ url, headers: { cookie: flow } })
  const session = [back.headers['set-cookie'] ?? []].flat().find((set) => set.includes('session='))
  return { landed: back.headers.location, session: session?.split(';')[0], flow, url }
}

const personOf = (member: TestMember, more: Partial<Person> = {}): Person => ({
  sub: `sub-${member.id}`,
  email: member.email,
  email_verified: true,
  amr: ['pwd', 'mfa'],
  ...more,
})

async function meWith(session: string | undefined, node = desk) {
  const browser = aBrowser(node)
  browser.setCookie(session ?? '')
  return (await browser.me()).json<{ secondFactorDue?: boolean; code?: string; member?: { id: string } }>()
}

describe('signing in by the operator’s provider', () => {
  test('knows a member by a verified e-mail, and stands in for the second factor', async () => {
    const member = await aMember(desk)
    const { landed, session } = await travel(personOf(member))
    expect(landed).toBe(LANDING)
    expect(await meWith(session)).toMatchObject({ secondFactorDue: false, member: { id: member.id } })
  })

  test('knows them by the subject afterwards, whatever their e-mail is then', async () => {
    const member = await aMember(desk)
    await travel(personOf(member))
    const { session } = await travel(personOf(member, { email: 'married@operator.example' }))
    expect(await meWith(session)).toMatchObject({ member: { id: member.id } })
  })

  test('does not let a new owner of the e-mail in', async () => {
    const member = await aMember(desk)
    await travel(personOf(member))
    const { landed, session } = await travel(personOf(member, { sub: 'somebody-else' }))
    expect([landed, session]).toEqual([`${LANDING}?problem=forbidden`, undefined])
  })

  test.each([
    ['nobody registers themselves', { sub: 'x', email: 'stranger@operator.example' }, 'forbidden'],
    ['an unverified e-mail proves nothing', { email_verified: false }, 'forbidden'],
    ['a password alone is not enough', { amr: ['pwd'] }, 'second_factor_required'],
    ['a provider that does not say how is not enough', { amr: [] }, 'second_factor_required'],
    ['an answer to another question is refused', { nonce: 'replayed' }, 'wrong_credentials'],
  ])('%s', async (_name, more, problem) => {
    const { landed, session } = await travel(personOf(await aMember(desk), more))
    expect([landed, session]).toEqual([`${LANDING}?problem=${problem}`, undefined])
  })

  test('trusts the provider for the second factor where the operator says so', async () => {
    const trusting = await aDesk(database, { oidc: { ...oidc, secondFactor: 'provider' } })
    const member = await aMember(trusting)
    const { session } = await travel(personOf(member, { amr: [] }), undefined, trusting)
    expect(await meWith(session, trusting)).toMatchObject({ secondFactorDue: false })
    await trusting.app.close()
  })

  test('ends where it did not begin: a callback brought to another browser, a changed state', async () => {
    const member = await aMember(desk)
    const changed = await travel(personOf(member), (callback) => callback.searchParams.set('state', 'other'))
    expect(changed.landed).toBe(`${LANDING}?problem=wrong_credentials`)
    const { url } = await travel(personOf(member), (callback) => callback.searchParams.set('state', 'other'))
    const stranger = await desk.app.inject({ url })
    expect(stranger.headers.location).toBe(`${LANDING}?problem=unauthenticated`)
    const forged = await desk.app.inject({ url, headers: { cookie: '__Host-otklik_oidc=AAAA' } })
    expect(forged.headers.location).toBe(`${LANDING}?problem=unauthenticated`)
  })

  test('works once a callback', async () => {
    const { url, flow } = await travel(personOf(await aMember(desk)))
    const again = await desk.app.inject({ url, headers: { cookie: flow } })
    expect(again.headers.location).toBe(`${LANDING}?problem=wrong_credentials`)
  })

  test('says that the provider is away', async () => {
    const unreachable = await aDesk(database, { oidc: { ...oidc, issuer: 'http://127.0.0.1:9' } })
    const answer = await unreachable.app.inject({ url: '/api/v1/session/oidc/start' })
    expect(answer.headers.location).toBe(`${LANDING}?problem=unavailable`)
    await unreachable.app.close()
  })

  test('is not there where it is not configured', async () => {
    const plain = await aDesk(database)
    expect((await plain.app.inject({ url: '/api/v1/session/oidc/start' })).statusCode).toBe(404)
    await plain.app.close()
  })
})
