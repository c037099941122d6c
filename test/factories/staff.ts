import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { type Role, staff } from '../../contracts/staff.ts'
import {
  createAttemptLimits,
  createMember,
  createStaff,
  STAFF_DEFAULTS,
  type StaffRoom,
  type StaffSettings,
} from '../../server/care/staff/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { serve } from '../../server/platform/http/index.ts'
import { openVault, type Vault } from '../../server/platform/vault/index.ts'
import type { TestDatabase } from '../postgres/index.ts'
import { anApp } from './app.ts'

export const ORIGIN = 'https://desk.example'

/** One key for all nodes of a test, as an installation has. */
const KEY = randomBytes(32).toString('base64')

export interface TestDesk {
  readonly app: FastifyInstance
  readonly clock: ManualClock
  readonly room: StaffRoom
  readonly db: TestDatabase['db']
  /** The vault's key. */
  readonly key: string
}

/** A node that serves the `staff` contract on a real database, at an https address. */
export async function aDesk(
  { db, pool }: TestDatabase,
  settings: Partial<StaffSettings> = {},
  clock: ManualClock = manualClock('2026-11-24T09:00:00Z'),
  vault?: Vault,
): Promise<TestDesk> {
  const room = createStaff({
    db,
    clock,
    vault: vault ?? (await openVault({ key: KEY, dataDir: '' })),
    attempts: createAttemptLimits(pool),
    settings: {
      allowedOrigins: [ORIGIN],
      secureCookies: true,
      demo: false,
      operator: { name: 'Волна', accent: '#00aa77' },
      worldUrl: null,
      ...STAFF_DEFAULTS,
      ...settings,
    },
  })
  const app = anApp()
  room.addOidcRoutes(app)
  serve(app, { db, clock, authenticate: room.authenticate }, staff, room.handlers)
  await app.ready()
  return { app, clock, room, db, key: KEY }
}

export interface TestMember {
  readonly id: string
  readonly email: string
  readonly password: string
}

let members = 0

/** A member who has chosen a password and has no second factor yet. */
export async function aMember({ db, clock }: TestDesk, roles: Role[] = ['agent']): Promise<TestMember> {
  members += 1
  const email = `member${members}@operator.example`
  const newcomer = { name: `Сотрудник ${members}`, email, roles }
  const { member, password } = await createMember(db, { clock }, { kind: 'system', name: 'test' }, newcomer)
  await rows(db, sql`update staff.member set password_due = false where id = ${member.id}`)
  return { id: member.id, email, password }
}

/** What the authenticator on the person's telephone shows. */
export function codeOf(secret: string, clock: ManualClock): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now().getTime() })
}

type Ask = Pick<InjectOptions, 'method' | 'url' | 'payload' | 'headers' | 'remoteAddress'>

/** A browser tab: keeps its cookie, names its origin. */
export function aBrowser({ app }: TestDesk, remoteAddress = '192.0.2.1') {
  let cookie = ''
  const ask = async ({ headers, ...request }: Ask) => {
    const answer = await app.inject({
      remoteAddress,
      ...request,
      headers: { origin: ORIGIN, cookie, ...headers },
    })
    const [set] = [answer.headers['set-cookie'] ?? []].flat()
    if (set !== undefined) cookie = set.split(';')[0] ?? ''
    return answer
  }
  return {
    ask,
    signIn: (payload: { email: string; password: string; code?: string }) =>
      ask({ method: 'POST', url: '/api/v1/session', payload }),
    me: (headers: Record<string, string> = {}) => ask({ method: 'GET', url: '/api/v1/session', headers }),
    cookie: () => cookie,
    setCookie: (value: string) => {
      cookie = value
    },
  }
}

export type Browser = ReturnType<typeof aBrowser>

/** A browser in which the member has signed in and enrolled an authenticator. */
export async function signedIn(
  desk: TestDesk,
  member: TestMember,
): Promise<{ browser: Browser; secret: string }> {
  const browser = aBrowser(desk)
  await browser.signIn(member)
  const started = await browser.ask({ method: 'POST', url: '/api/v1/session/second-factor' })
  const { secret } = started.json<{ secret: string }>()
  const payload = { code: codeOf(secret, desk.clock) }
  await browser.ask({ method: 'PUT', url: '/api/v1/session/second-factor', payload })
  return { browser, secret }
}
