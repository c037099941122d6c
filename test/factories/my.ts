import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { my as contract } from '../../contracts/my.ts'
import {
  authenticateSubscriber,
  createMyLimits,
  createSessionMemory,
  deliverCode,
  type My,
  signInHandlers,
} from '../../server/care/my/index.ts'
import { ensureAccount } from '../../server/care/timeline/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import { type Actor, serve } from '../../server/platform/http/index.ts'
import { createKept } from '../../server/platform/kept/index.ts'
import { openVault } from '../../server/platform/vault/index.ts'
import type { TestDatabase } from '../postgres/index.ts'
import { anApp } from './app.ts'
import { aTestEdge, type TestEdge } from './edge.ts'
import { aSubscribersRoom, type SubscribersRoom } from './subscribers.ts'

export const MY_ORIGIN = 'https://my.example'
const KEY = randomBytes(32).toString('base64')

export interface TestMy {
  readonly app: FastifyInstance
  readonly my: My
  readonly clock: ManualClock
  readonly edge: TestEdge
  readonly room: SubscribersRoom
  readonly db: TestDatabase['db']
  /** Mails that the port was given. */
  readonly mails: { address: string; subject: string; text: string }[]
  /** Carries out codes that wait. Gives how many there were. */
  deliver(): Promise<number>
  /** Who calls beside the subscribers. */
  caller: Actor | undefined
}

const SIGNING_IN = {
  startSignIn: contract.startSignIn,
  signInToMy: contract.signInToMy,
  getMySession: contract.getMySession,
  changeMySession: contract.changeMySession,
  signOutOfMy: contract.signOutOfMy,
  listMyDevices: contract.listMyDevices,
  removeMyDevice: contract.removeMyDevice,
  sendFreshCode: contract.sendFreshCode,
  confirmFreshCode: contract.confirmFreshCode,
  issueMyPass: contract.issueMyPass,
  withdrawMyPass: contract.withdrawMyPass,
  getMyHome: contract.getMyHome,
}

/** A node that serves the sign-in to My on a real database, at an https address. `beside` makes it another node of that installation. */
export async function aMyNode(
  database: TestDatabase,
  { beside, refuse }: { beside?: TestMy; refuse?: (contactPointId: string) => never } = {},
): Promise<TestMy> {
  const clock = beside?.clock ?? manualClock('2026-11-24T09:00:00Z')
  const edge = beside?.edge ?? aTestEdge()
  const nobody = () => {
    throw new Error('nobody is refused here')
  }
  const room = beside?.room ?? aSubscribersRoom(database, refuse ?? nobody, clock)
  const vault = await openVault({ key: KEY, dataDir: '' })
  const waiting: string[] = []
  const mails: TestMy['mails'] = []
  const kept = createKept(database.db)
  await kept.catchUp()
  const my: My = {
    db: database.db,
    clock,
    memory: createSessionMemory(kept, 100),
    vault,
    edge,
    subscribers: room.subscribers,
    limits: createMyLimits(database.pool, () => false),
    mail: { send: async (_, mail) => void mails.push(mail) },
    words: {
      codeText: (code, locale) => (locale === 'ru' ? `Вход: ${code}` : `Sign-in: ${code}`),
      codeMail: (code) => ({ subject: `Вход: ${code}`, text: code }),
    },
    settings: {
      allowedOrigins: [MY_ORIGIN],
      secureCookies: true,
      operator: { name: 'Волна', accent: '#00aa77' },
    },
    accountId: await ensureAccount(database.db, vault, clock, {
      kind: 'my',
      name: 'Волна',
      policy: 'full',
      settings: {},
      secrets: {},
    }),
    askForDelivery: async (_, sealed) => void waiting.push(sealed),
  }
  const app = anApp()
  const node: TestMy = {
    app,
    my,
    clock,
    edge,
    room,
    db: database.db,
    mails,
    deliver: async () => {
      const orders = waiting.splice(0)
      for (const sealed of orders) await deliverCode(my, sealed)
      return orders.length
    },
    caller: undefined,
  }
  const { authenticate } = authenticateSubscriber(my)
  serve(
    app,
    {
      db: database.db,
      clock,
      authenticate: async (request) => node.caller ?? authenticate(request),
    },
    SIGNING_IN,
    signInHandlers(my),
  )
  await app.ready()
  return node
}

type Ask = Pick<InjectOptions, 'method' | 'url' | 'payload' | 'headers' | 'remoteAddress'> & {
  /** The page's origin; null: the browser names none. */
  readonly from?: string | null
}

/** A phone's browser: keeps its cookies, names its origin. */
export function aPhone(node: TestMy, remoteAddress = '192.0.2.1') {
  const jar = new Map<string, string>()
  const ask = async ({ headers, from = MY_ORIGIN, ...request }: Ask) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await node.app.inject({
      remoteAddress,
      ...request,
      headers: { ...(from !== null && { origin: from }), ...(cookie && { cookie }), ...headers },
    })
    for (const set of [answer.headers['set-cookie'] ?? []].flat()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      if (/max-age=0/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const start = (msisdn: string, by: 'sms' | 'email' = 'sms') =>
    ask({ method: 'POST', url: '/api/v1/my/sign-in/codes', payload: { msisdn, by, locale: 'ru' } })
  const tell = (challengeId: string, code: string, trust = false) =>
    ask({
      method: 'POST',
      url: '/api/v1/my/sign-in',
      payload: { challengeId, code, device: { name: 'Телефон', trust } },
    })
  return {
    jar,
    ask,
    start,
    tell,
    session: () => ask({ method: 'GET', url: '/api/v1/my/session' }),
    /** Signs in by SMS; the number must be a line's. */
    signIn: async (msisdn: string, trust = false) => {
      const { challengeId } = (await start(msisdn)).json<{ challengeId: string }>()
      await node.deliver()
      return tell(challengeId, node.room.newestCode(), trust)
    },
  }
}

export type Phone = ReturnType<typeof aPhone>
