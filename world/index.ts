import Fastify from 'fastify'
import type { Act, ActInput } from './control/acts.ts'
import { act, CannotAct } from './control/acts.ts'
import { controlRoutes } from './control/http.ts'
import type { ChatView } from './control/view.ts'
import { createBlobs } from './core/blobs.ts'
import type { Context } from './core/context.ts'
import { createFaults, type Faults } from './core/faults.ts'
import { createLive } from './core/live.ts'
import { createPeople, type People, type Person, seededPeople } from './core/people.ts'
import { createTiming } from './core/timing.ts'
import { createLlm, type LlmService } from './llm/index.ts'
import { type MailService, startMail } from './mail/index.ts'
import { createMax, type MaxService } from './max/index.ts'
import { createNetwork, type NetworkService } from './network/index.ts'
import { phoneRoutes } from './phone/http.ts'
import { createSms, type SmsService } from './sms/index.ts'
import { createTelegram, type TelegramService } from './telegram/index.ts'
import { createYooKassa, type YooKassaService } from './yookassa/index.ts'

/**
 * The outside world: stand-ins of the remote services on their real wire format over HTTP, and the phone of a
 * subscriber. Knows nothing of the product: the product is told of it by URLs, tokens and secrets, and it is told of the product
 * only by the webhooks that the product sets. Everything lives in memory; one world has one bot on each service.
 */
export interface WorldOptions {
  /** 0: any free port. */
  port?: number
  host?: string
  /** Factor on every documented delay (retries, unsubscription, receipts); tests use 0.001. */
  timeScale?: number
  /** Real milliseconds that a webhook of a messenger may take before it counts as failed. */
  webhookAnswerMs?: number
  now?: () => number
  people?: readonly Person[]
  max?: { token?: string; name?: string; username?: string; requestsPerSecond?: number }
  telegram?: { token?: string; name?: string; username?: string; requestsPerSecond?: number }
  sms?: {
    token?: string
    shortNumber?: string
    requestsPerSecond?: number
    callback?: { url: string; secret: string }
  }
  network?: { token?: string }
  llm?: { key?: string }
  yookassa?: { shopId?: string; secretKey?: string; callback?: string }
  mail?: { address?: string; user?: string; password?: string; smtpPort?: number; imapPort?: number }
}

export interface World {
  url: string
  people: People
  faults: Faults
  max: MaxService
  telegram: TelegramService
  sms: SmsService
  network: NetworkService
  llm: LlmService
  mail: MailService
  yookassa: YooKassaService
  /** Does something as a person, given by key. Raises `CannotAct`. */
  act(service: ServiceName, personKey: string, what: ActInput): Promise<{ messageIds: string[] }>
  /** What this person's phone shows. */
  view(service: ServiceName, personKey: string): ChatView
  close(): Promise<void>
}
export type ServiceName = 'max' | 'telegram' | 'sms' | 'mail'

export type { Act, ActInput, SentFile } from './control/acts.ts'
export { CannotAct } from './control/acts.ts'
export type { Delivery } from './control/service.ts'
export type { ChatView, ItemView, MessageView } from './control/view.ts'
export type { FaultInput } from './core/faults.ts'
export { type Person, seededPeople } from './core/people.ts'
export { orderTo } from './llm/index.ts'
export { contactHash, vcfOf } from './max/contact.ts'

/** Tokens of the demo; they open nothing but this world. */
export const demoTokens = {
  max: 'demo-max-token-0000000000000000',
  telegram: '700000001:demo-telegram-token-000000000000000',
  sms: 'demo-sms-token-0000000000000000',
  network: 'demo-network-token-000000000000',
} as const

/** The operator's shop of the demo. */
export const demoShop = { shopId: '100500', secretKey: 'demo-shop-key-0000000000000000' } as const

/** The operator's mailbox of the demo. */
export const demoMail = {
  address: 'support@otklik.example',
  user: 'support@otklik.example',
  password: 'demo-mail-password',
} as const

/** Starts a world and resolves when it listens. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const { host = '127.0.0.1', port = 0, webhookAnswerMs = 30_000 } = options
  let origin = ''
  const context: Context = {
    people: createPeople(options.people ?? seededPeople),
    timing: createTiming(options.timeScale ?? 1, options.now ?? Date.now),
    live: createLive(),
    blobs: createBlobs(),
    faults: createFaults(),
    origin: () => origin,
  }
  const bot = { name: 'Волна', username: 'otklik_demo_bot', webhookAnswerMs }
  const max = createMax(context, { ...bot, token: demoTokens.max, requestsPerSecond: 30, ...options.max })
  const telegram = createTelegram(context, {
    ...bot,
    token: demoTokens.telegram,
    requestsPerSecond: 30,
    ...options.telegram,
  })
  const smsDefaults = {
    token: demoTokens.sms,
    shortNumber: '0611',
    requestsPerSecond: 50,
    callback: undefined,
  }
  const sms = createSms(context, { ...smsDefaults, ...options.sms })
  const mail = await startMail(context, { ...demoMail, host, smtpPort: 0, imapPort: 0, ...options.mail })
  const network = createNetwork(context, { token: demoTokens.network, ...options.network })
  const yookassa = createYooKassa(context, { ...demoShop, callback: undefined, ...options.yookassa })
  const llm = createLlm(options.llm)
  const services = { max, telegram, sms, mail }

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 * 1024 })
  for (const service of [max, telegram, sms, network, yookassa, llm]) await service.register(app)
  await app.register(async (scope) => controlRoutes(scope, context, Object.values(services)), {
    prefix: '/world',
  })
  await app.register(async (scope) => phoneRoutes(scope, context))
  origin = await app.listen({ host, port })

  const personOf = (key: string): Person => {
    const found = context.people.byKey(key)
    if (!found) throw new CannotAct(`no person ${key}`, 404)
    return found
  }
  return {
    url: origin,
    people: context.people,
    faults: context.faults,
    ...services,
    network,
    llm,
    yookassa,
    act: async (service, key, what) => {
      const parsed: Act = act.parse(what)
      return services[service].act(personOf(key), parsed)
    },
    view: (service, key) => services[service].view(personOf(key)),
    close: async () => {
      context.timing.close()
      await Promise.all([app.close(), mail.close()])
    },
  }
}
