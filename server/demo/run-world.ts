import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import type { Config } from '../config.ts'
import type { Log } from '../platform/telemetry/index.ts'

/** The outside world as the server knows it: addresses and the tokens that services gave us. */
export interface RunningWorld {
  readonly url: string
  readonly tokens: typeof TOKENS
  readonly smtpPort: number
  readonly imapPort: number
  readonly mail: typeof MAIL
  /** Our shop at whoever takes people's money. */
  readonly shop: NonNullable<Config['payments']>
  stop(): Promise<void>
}

/** What the stand-ins were told to call us by; they guard nothing but a demo on loopback. */
const TOKENS = {
  max: 'demo-max-token-of-volna',
  telegram: '700000001:demo-telegram-token-of-volna',
  sms: 'demo-sms-token-of-volna',
  network: 'demo-network-token-of-volna',
} as const

/** The operator's mailbox there. */
const MAIL = { address: 'support@otklik.example', password: 'demo-mail-password-of-volna' } as const

/** Fiscal receipts as a shop with VAT of 20 % asks for them. */
const RECEIPTS = { vatCode: 4, taxSystemCode: undefined }
/** Our shop, as the provider knows it. */
const SHOP = { shopId: '100500', secretKey: 'demo-shop-key-of-volna' } as const

const READY_MS = 15_000

/** Runs the world as a child on its own port; it ends with us. Rejects when the port is taken. */
export async function runWorld({ worldPort: port, publicUrl }: Config, log: Log): Promise<RunningWorld> {
  const here = import.meta.filename
  const program = path.join(import.meta.dirname, `../../world/main${path.extname(here)}`)
  const [smtpPort, imapPort] = [port + 24, port + 142]
  const callbackKey = randomBytes(24).toString('hex')
  const env = {
    ...process.env,
    WORLD_PORT: String(port),
    WORLD_SMTP_PORT: String(smtpPort),
    WORLD_IMAP_PORT: String(imapPort),
    WORLD_MAX_TOKEN: TOKENS.max,
    WORLD_TELEGRAM_TOKEN: TOKENS.telegram,
    WORLD_SMS_TOKEN: TOKENS.sms,
    WORLD_NETWORK_TOKEN: TOKENS.network,
    WORLD_MAIL_PASSWORD: MAIL.password,
    WORLD_YOOKASSA_SHOP: SHOP.shopId,
    WORLD_YOOKASSA_KEY: SHOP.secretKey,
    WORLD_YOOKASSA_CALLBACK: `${publicUrl}/payments/yookassa/webhook?key=${callbackKey}`,
  }
  // A group of its own: Ctrl-C reaches us first, and we end it after the last message has left.
  const child = fork(program, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true })
  child.on('exit', (code) => {
    if (code) log.error({ code }, 'the outside world ended')
  })
  const ready = once(child, 'message', { signal: AbortSignal.timeout(READY_MS) })
  const failed = once(child, 'exit').then(() => {
    const ports = `${port}, ${smtpPort} and ${imapPort}`
    throw new Error(
      `The outside world could not start: are ports ${ports} free? (WORLD_PORT moves all three)`,
    )
  })
  await Promise.race([ready, failed])
  return {
    url: `http://127.0.0.1:${port}`,
    tokens: TOKENS,
    smtpPort,
    imapPort,
    mail: MAIL,
    shop: { ...SHOP, url: `http://127.0.0.1:${port}/yookassa/v3`, callbackKey, receipts: RECEIPTS },
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
