import { randomBytes } from 'node:crypto'
import type { ChannelKind } from '../../contracts/channels.ts'
import { createAccount, defaultPolicy, type NewAccount } from '../care/timeline/index.ts'
import type { Otklik } from '../compose/index.ts'
import type { Config } from '../config.ts'
import { inTransaction } from '../platform/database/index.ts'
import type { RunningWorld } from './run-world.ts'

/** Opens the demo's doors on first start and says which. Doors that are there stay as somebody may have changed them. */
export async function openDemoDoors(
  otklik: Otklik,
  config: Config,
  world: RunningWorld,
): Promise<ChannelKind[]> {
  const { doors, adapters } = otklik.timeline.context
  const open = new Set((await doors.all()).map(({ account }) => account.kind))
  const missing = demoDoors(config, world).filter(
    ({ kind }) => !open.has(kind) && adapters.some((one) => one.kind === kind),
  )
  if (missing.length === 0) return []
  await inTransaction(otklik.db, async (tx) => {
    for (const door of missing) await createAccount(tx, otklik.vault, otklik.clock, door)
    otklik.timeline.context.afterAccountChange(tx)
  })
  await doors.refresh()
  return missing.map(({ kind }) => kind)
}

const aSecret = (): string => randomBytes(24).toString('hex')

const GREETING = {
  ru: 'Здравствуйте! Это «Волна». Напишите, что случилось, — ответим здесь.',
  en: 'Hello! This is Volna. Write what happened, and you will be answered here.',
}

function demoDoors(config: Config, world: RunningWorld): NewAccount[] {
  const { url, tokens } = world
  return [
    {
      kind: 'web-chat',
      name: 'Чат на сайте',
      policy: 'full',
      settings: {
        operator: 'Волна',
        quickReplies: {
          ru: ['Сколько у меня осталось?', 'Не работает интернет', 'Позвать человека'],
          en: ['What do I have left?', 'The internet is down', 'A person, please'],
        },
      },
      secrets: {},
    },
    {
      kind: 'max',
      name: 'MAX',
      policy: 'full',
      settings: { apiBase: `${url}/max`, mode: 'webhook', botName: 'otklik_demo_bot', greeting: GREETING },
      secrets: { token: tokens.max, webhookSecret: aSecret() },
    },
    {
      kind: 'telegram',
      name: 'Telegram',
      policy: defaultPolicy('telegram', config.country),
      settings: {
        apiBase: `${url}/telegram`,
        mode: 'webhook',
        botName: 'otklik_demo_bot',
        greeting: GREETING,
      },
      secrets: { token: tokens.telegram, webhookSecret: aSecret() },
    },
    {
      kind: 'sms',
      name: 'SMS',
      policy: 'full',
      settings: { apiBase: `${url}/sms`, sender: '0611' },
      secrets: { token: tokens.sms, webhookSecret: aSecret() },
    },
    {
      kind: 'email',
      name: 'Почта',
      policy: 'full',
      settings: {
        address: world.mail.address,
        name: 'Волна',
        imap: { host: '127.0.0.1', port: world.imapPort, secure: false, user: world.mail.address },
        smtp: { host: '127.0.0.1', port: world.smtpPort, secure: false, user: world.mail.address },
        authservId: 'mail.otklik.example',
        signature: { ru: 'Служба заботы «Волны»', en: 'Volna customer care' },
      },
      secrets: {
        imapPassword: world.mail.password,
        smtpPassword: world.mail.password,
        threadKeys: aSecret(),
      },
    },
  ]
}
