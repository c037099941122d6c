import type { z } from 'zod'
import { type MySession, my } from '../../contracts/my.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aCaller, type Caller } from './caller.ts'
import { aTestEdge, type TestEdge } from './edge.ts'
import { eventually } from './eventually.ts'
import { anOtklik, type TestOtklik } from './otklik.ts'

export interface SubscriberCaller extends Caller {
  readonly session: z.output<typeof MySession>
  /** The session's cookie, `name=value`. */
  readonly cookie: string
}

/** An installation with lines and an SMS centre outside, so that people can sign in to My. */
export interface MyHouse {
  readonly otklik: TestOtklik
  readonly edge: TestEdge
  readonly world: World
  /** Somebody signs in by the code that comes to the number. */
  signIn(msisdn: string, device?: { name: string; trust: boolean }): Promise<SubscriberCaller>
  end(): Promise<void>
}

const SMS_TOKEN = 'sms-token'

/** The outside world with an SMS centre. */
export const aWorldWithSms = (): Promise<World> => startWorld({ timeScale: 0.001, sms: { token: SMS_TOKEN } })

/** Opens the door through which codes leave. */
export const openSmsDoor = (otklik: TestOtklik, world: World): Promise<string> =>
  otklik.openDoor({
    kind: 'sms',
    name: 'SMS',
    policy: 'full',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: { token: SMS_TOKEN, webhookSecret: 'a-webhook-secret-of-the-test' },
  })

export async function aMyHouse(options: NonNullable<Parameters<typeof anOtklik>[0]> = {}): Promise<MyHouse> {
  const world = await aWorldWithSms()
  const edge = aTestEdge()
  const trustedOrigins = [world.url, ...(options.trustedOrigins ?? [])]
  const otklik = await anOtklik({ ...options, edge, trustedOrigins })
  await openSmsDoor(otklik, world)
  return {
    otklik,
    edge,
    world,
    signIn: (msisdn, device) => signInBySms(otklik.url, world, msisdn, device),
    end: async () => {
      await otklik.end()
      await world.close()
    },
  }
}

/** Somebody signs in to My by the code that comes to the number. */
export async function signInBySms(
  url: string,
  world: World,
  msisdn: string,
  device = { name: 'Телефон', trust: false },
): Promise<SubscriberCaller> {
  const before = world.sms.sentTo(msisdn).length
  const { challengeId } = await aCaller(url, { origin: url }).call(my.startSignIn, { body: { msisdn } })
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  const code = /\d{6}/.exec(sent.text)?.[0]
  const answer = await fetch(`${url}/api/v1/my/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ challengeId, code, device }),
  })
  const session = my.signInToMy.response.parse(await answer.json())
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .filter((one) => /^(__Host-)?otklik_my=/.test(one))
    .join()
  return { ...aCaller(url, { cookie, origin: url, 'x-otklik-app': 'my' }), session, cookie }
}
