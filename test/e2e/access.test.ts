import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { Access, Route } from '../../contracts/route.ts'
import { aCaller, aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

/** Who calls, and which of the declared accesses each of them holds. */
const HOLDS: Record<string, readonly Access[]> = {
  nobody: ['public'],
  visitor: ['public', 'visitor'],
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
const ENDS_SESSION = new Set(['signOut', 'lockSession', 'signIn'])

let otklik: TestOtklik
const callers: Record<string, Caller> = {}
const operations: [string, Route][] = Object.values(contracts).flatMap((contract) =>
  Object.entries<Route>(contract),
)

beforeAll(async () => {
  otklik = await anOtklik()
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
    'token that reads': await token('read'),
    'token that writes': await token('write'),
    'token for privacy': await token('privacy'),
  })
})
afterAll(() => otklik.end())

/** Calls with made-up parameters and an empty body: who may call is settled before either is looked at. */
async function knock(caller: Caller, route: Route): Promise<{ status: number; code: string | undefined }> {
  const path = route.path.replace(/:(\w+)/g, () => uuid())
  const writes = route.method !== 'GET' && route.raw !== 'upload' && route.body
  const answer = await fetch(otklik.url + path, {
    method: route.method,
    headers: { ...caller.headers, ...(writes && { 'content-type': 'application/json' }) },
    ...(writes && { body: '{}' }),
  })
  const said = (await answer.json().catch(() => ({}))) as { code?: string }
  return { status: answer.status, code: said.code }
}

describe.each(operations)('%s', (operation, route) => {
  test.each(Object.keys(HOLDS))(
    `is open to %s only if it says so (${route.access.join(', ')})`,
    async (who) => {
      const open = route.access.some((access) => HOLDS[who]!.includes(access))
      if (open && ENDS_SESSION.has(operation)) return
      const { status, code } = await knock(callers[who]!, route)
      if (!open) {
        expect({ who, status }).toEqual({ who, status: who === 'nobody' ? 401 : 403 })
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
