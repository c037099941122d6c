import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { Access, Route } from '../../contracts/route.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aCaller, aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { aContent, aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

/** Who calls, and which of the declared accesses each of them holds. */
const HOLDS: Record<string, readonly Access[]> = {
  nobody: ['public'],
  visitor: ['public', 'visitor'],
  subscriber: ['public', 'subscriber'],
  agent: ['public', 'staff', 'agent'],
  supervisor: ['public', 'staff', 'agent', 'supervisor'],
  designer: ['public', 'staff', 'designer'],
  admin: ['public', 'staff', 'admin'],
  'token that reads': ['public', 'service:read'],
  'token that writes': ['public', 'service:write'],
  'token for privacy': ['public', 'service:privacy'],
}

/** Refusals of what an operation does, not of who may call it. */
const OF_THE_MATTER = new Set(['need_to_know', 'code_wrong', 'origin_not_allowed'])
/** Anybody of the staff has macros of their own; those for all are made by some. Nowhere else may a declared role be refused as such. */
const FORBIDDEN_BY_THE_MATTER = new Set(['createMacro', 'changeMacro', 'deleteMacro'])
/** Operations that end the caller's own session would end the test. */
const ENDS_SESSION = new Set(['signOut', 'lockSession', 'signIn', 'signOutOfMy'])
/** Whoever asks there is asked for the session of My, whatever else they are. */
const OF_MY = '/api/v1/my/'

let otklik: TestOtklik
let world: World
let stranger: Theirs
const callers: Record<string, Caller> = {}
const operations: [string, Route][] = Object.values(contracts).flatMap((contract) =>
  Object.entries<Route>(contract),
)

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedCatalogue(otklik.db, otklik.clock, [aTariff(), aContent()], 'Волна')
  const account = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const { url, logins } = otklik
  const admin = await aStaffCaller(url, logins.admin)
  const token = async (scope: 'read' | 'write' | 'privacy') => {
    const made = await admin.call(contracts.integrations.createServiceToken, {
      body: { name: scope, scopes: [scope], days: 1 },
    })
    return aCaller(url, { authorization: `Bearer ${made.token}` })
  }
  Object.assign(callers, {
    nobody: aCaller(url),
    visitor: await aVisitorCaller(url, account),
    agent: await aStaffCaller(url, logins.anna),
    supervisor: await aStaffCaller(url, logins.irina),
    designer: await aStaffCaller(url, logins.pavel),
    admin,
    subscriber: (await aSubscriber('79000000201')).phone,
    'token that reads': await token('read'),
    'token that writes': await token('write'),
    'token for privacy': await token('privacy'),
  })
})
afterAll(async () => {
  await otklik.end()
  await world.close()
})

/** A person with a line, signed in to My. */
async function aSubscriber(msisdn: string): Promise<{ lineId: string; phone: SubscriberCaller }> {
  const { db, lines, url } = otklik
  const lineId = await inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name: 'Пётр Волков' })
    const [id = ''] = await openLines(tx, lines, [
      {
        partyId,
        msisdn,
        region: 'Москва',
        timeZone: 'Europe/Moscow',
        tariffId: tariff?.id ?? '',
        opening: { kopecks: 100_000, from: 'payments:opening' },
      },
    ])
    return id
  })
  return { lineId, phone: await signInBySms(url, world, msisdn) }
}

const isStaff = (who: string) => HOLDS[who]?.includes('staff') ?? false

/** Calls with made-up parameters and an empty body: who may call is settled before either is looked at. */
async function knock(caller: Caller, route: Route): Promise<{ status: number; code: string | undefined }> {
  const path = route.path.replace(/:(\w+)/g, () => uuid())
  const writes = route.method !== 'GET' && route.raw !== 'upload' && route.body
  const answer = await fetch(otklik.url + path, {
    method: route.method,
    headers: { ...caller.headers, ...(writes && { 'content-type': 'application/json' }) },
    ...(writes && { body: '{}' }),
  })
  // An answer may also be empty, or null.
  const said = (await answer.json().catch(() => null)) as { code?: string } | null
  return { status: answer.status, code: said?.code }
}

describe.each(operations)('%s', (operation, route) => {
  test.each(Object.keys(HOLDS))(
    `is open to %s only if it says so (${route.access.join(', ')})`,
    async (who) => {
      const open = route.access.some((access) => HOLDS[who]!.includes(access))
      if (open && ENDS_SESSION.has(operation)) return
      const { status, code } = await knock(callers[who]!, route)
      if (!open) {
        const unknown = who === 'nobody' || (isStaff(who) && route.path.startsWith(OF_MY))
        expect({ who, status }).toEqual({ who, status: unknown ? 401 : 403 })
        return
      }
      expect(status).toBeLessThan(500)
      if (status === 401)
        expect(
          ['wrong_credentials', 'unauthenticated'].includes(code ?? '') && route.access.includes('public'),
        ).toBe(true)
      if (status === 403 && !(code === 'forbidden' && FORBIDDEN_BY_THE_MATTER.has(operation)))
        expect(OF_THE_MATTER).toContain(code)
    },
  )
})

/** Somebody else's things, by what the path calls them. */
interface Theirs {
  readonly lineId: string
  readonly orderId: string
  readonly deviceId: string
  readonly attachmentId: string
}

describe('a subscriber', () => {
  beforeAll(async () => {
    const { lineId, phone } = await aSubscriber('79000000202')
    const orderId = uuid()
    await phone.call(contracts.orders.placeOrder, {
      params: { id: lineId },
      body: { id: orderId, request: { kind: 'ban-content' } },
    })
    const [device] = await phone.call(contracts.my.listMyDevices)
    const form = new FormData()
    form.append('file', new Blob(['личное'], { type: 'text/plain' }), 'a.txt')
    const uploaded = await fetch(`${otklik.url}/api/v1/my/attachments`, {
      method: 'POST',
      headers: { cookie: phone.cookie, origin: otklik.url },
      body: form,
    })
    const { id: attachmentId } = contracts.my.uploadMyAttachment.response.parse(await uploaded.json())
    stranger = { lineId, orderId, deviceId: device?.id ?? '', attachmentId }
  })

  const idIn = (path: string): string | undefined => {
    if (/^\/api\/v1\/lines\/:/.test(path)) return stranger.lineId
    if (/^\/api\/v1\/orders\/:/.test(path)) return stranger.orderId
    if (path.includes('/devices/:')) return stranger.deviceId
    if (path.includes('/attachments/:')) return stranger.attachmentId
    return undefined
  }
  const QUERY = '?month=2026-11&from=2026-11&to=2026-11&format=csv'
  const BODIES: Record<string, unknown> = {
    previewOrder: { request: { kind: 'ban-content' } },
    placeOrder: { id: uuid(), request: { kind: 'ban-content' } },
    setCodeWord: { word: 'секрет' },
    startTopUp: { id: uuid(), amountKopecks: 10_000 },
  }
  const reachable = operations.filter(
    ([, { access, path }]) =>
      access.includes('subscriber') && /\/(lines|top-ups|orders|devices|attachments)\/:/.test(path),
  )

  test.each(reachable)('finds nothing of another person by %s', async (operation, route) => {
    const path = route.path.replace(/:(\w+)/g, () => idIn(route.path) ?? uuid())
    const body = BODIES[operation]
    const { headers } = callers.subscriber!
    const answer = await fetch(otklik.url + path + (route.method === 'GET' ? QUERY : ''), {
      method: route.method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    expect({ operation, status: answer.status }).toEqual({ operation, status: 404 })
  })
})
