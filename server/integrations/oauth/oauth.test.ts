import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { integrations } from '../../../contracts/integrations.ts'
import { aStaffCaller } from '../../../test/factories/caller.ts'
import { aTmfHouse, type TmfHouse, textIn } from '../../../test/factories/tmf.ts'
import { manualClock } from '../../platform/clock.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { forgetAccessTokens } from './index.ts'

const clock = manualClock('2027-01-15T09:00:00Z')
const GRANT = { grant_type: 'client_credentials' }
let house: TmfHouse
beforeAll(async () => {
  house = await aTmfHouse({ clock })
})
afterAll(() => house.end())

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})
const useToken = (token: string) =>
  fetch(`${house.otklik.url}/tmf-api/productCatalogManagement/v4/catalog`, {
    headers: { authorization: `Bearer ${token}` },
  })

describe('asking for an access token', () => {
  test('a client shows its secret in the form or by Basic, and gets a token for ten minutes', async () => {
    const { clientId, secret } = await house.aClient(['read'])
    const byForm = await house.askForToken({ ...GRANT, client_id: clientId, client_secret: secret })
    expect(byForm.status).toBe(200)
    expect(byForm.body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'read' })
    expect(byForm.headers.get('cache-control')).toBe('no-store')
    const byBasic = await house.askForToken(GRANT, basic(clientId, secret))
    expect(byBasic.status).toBe(200)
    expect((await useToken(textIn(byBasic.body, 'access_token'))).status).toBe(200)
  })

  test('the token has no more scopes than were asked for, and none that the client lacks', async () => {
    const { clientId, secret } = await house.aClient(['read', 'write'])
    const ask = (scope: string) => house.askForToken({ ...GRANT, scope }, basic(clientId, secret))
    expect((await ask('read')).body).toMatchObject({ scope: 'read' })
    expect(await ask('read privacy')).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
    expect(await ask('')).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  })

  test('a wrong secret, another client’s secret and a stranger get the same answer', async () => {
    const one = await house.aClient()
    const other = await house.aClient()
    const refused = { status: 401, body: { error: 'invalid_client' } }
    for (const [id, secret] of [
      [one.clientId, 'otk_wrong'],
      [one.clientId, other.secret],
      ['otk_nobody', one.secret],
    ] as const) {
      const answer = await house.askForToken(GRANT, basic(id, secret))
      expect(answer).toMatchObject(refused)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /)
    }
    expect(await house.askForToken(GRANT)).toMatchObject(refused)
  })

  test('what is malformed is refused in the words of RFC 6749', async () => {
    const { clientId, secret } = await house.aClient()
    const form = { client_id: clientId, client_secret: secret }
    const error = async (sent: Record<string, string>, headers?: Record<string, string>) =>
      textIn((await house.askForToken(sent, headers)).body, 'error')
    expect(await error(form)).toBe('invalid_request')
    expect(await error({ ...form, grant_type: 'password' })).toBe('unsupported_grant_type')
    expect(await error({ ...form, ...GRANT }, basic(clientId, secret))).toBe('invalid_request')
    const twice = await fetch(`${house.otklik.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(clientId, secret) },
      body: 'grant_type=client_credentials&grant_type=client_credentials',
    })
    expect(await twice.json()).toMatchObject({ error: 'invalid_request' })
    const json = await fetch(`${house.otklik.url}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<a/>',
    })
    expect(json.status).toBe(415)
  })

  test('who asks without end is slowed down', async () => {
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => house.askForToken(GRANT, basic('otk_flooding', 'otk_x'))),
    )
    const slowed = answers.filter(({ status }) => status === 429)
    expect(slowed.length).toBeGreaterThanOrEqual(10)
    expect(slowed[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
  })

  test('says where it is in the metadata', async () => {
    const answer = await fetch(`${house.otklik.url}/.well-known/oauth-authorization-server`)
    expect(await answer.json()).toMatchObject({
      token_endpoint: `${house.otklik.url}/oauth/token`,
      grant_types_supported: ['client_credentials'],
    })
  })
})

describe('an access token', () => {
  const tokenOf = async ({ clientId, secret }: { clientId: string; secret: string }): Promise<string> =>
    textIn((await house.askForToken(GRANT, basic(clientId, secret))).body, 'access_token')

  test('is kept as a digest, and is no token of our own API', async () => {
    const token = await tokenOf(await house.aClient())
    const kept = await rows(
      house.otklik.db,
      sql<{ row: string }>`select row_to_json(a)::text as row from integrations.access_token a`,
    )
    expect(JSON.stringify(kept)).not.toContain(token.slice(4))
    const ours = await fetch(`${house.otklik.url}/api/v1/catalogue`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(ours.status).toBe(401)
  })

  test('ends at once with its service token', async () => {
    const client = await house.aClient()
    const token = await tokenOf(client)
    expect((await useToken(token)).status).toBe(200)
    const admin = await aStaffCaller(house.otklik.url, house.otklik.logins.admin)
    await admin.call(integrations.revokeServiceToken, { params: { id: client.id } })
    const answer = await useToken(token)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token')
    expect(await answer.json()).toMatchObject({ '@type': 'Error', status: '401', code: 'unauthenticated' })
  })

  test('ends after ten minutes and is forgotten', async () => {
    const token = await tokenOf(await house.aClient())
    clock.advance(599_000)
    expect((await useToken(token)).status).toBe(200)
    clock.advance(1_000)
    expect((await useToken(token)).status).toBe(401)
    expect(await forgetAccessTokens(house.otklik.db, clock)).toBeGreaterThan(0)
  })
})
