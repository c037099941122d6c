import { z } from 'zod'
import { demoMail, demoShop, demoTokens, startWorld } from './index.ts'

/**
 * Runs the world as a process of its own: `node dist/world/main.js`. Whoever starts it sets it by environment; every variable has a
 * default. It ends with SIGINT, SIGTERM, or with the IPC channel of its parent.
 */
const port = (normal: number) => z.coerce.number().int().min(0).max(65535).default(normal)
const settings = z
  .object({
    WORLD_HOST: z.string().default('127.0.0.1'),
    WORLD_PORT: port(3001),
    WORLD_SMTP_PORT: port(3025),
    WORLD_IMAP_PORT: port(3143),
    WORLD_MAX_TOKEN: z.string().min(1).default(demoTokens.max),
    WORLD_TELEGRAM_TOKEN: z
      .string()
      .regex(/^\d+:.+$/)
      .default(demoTokens.telegram),
    WORLD_SMS_TOKEN: z.string().min(1).default(demoTokens.sms),
    WORLD_NETWORK_TOKEN: z.string().min(1).default(demoTokens.network),
    WORLD_MAIL_PASSWORD: z.string().min(1).default(demoMail.password),
    WORLD_YOOKASSA_SHOP: z.string().min(1).default(demoShop.shopId),
    WORLD_YOOKASSA_KEY: z.string().min(1).default(demoShop.secretKey),
    /** Where notifications of payments go. */
    WORLD_YOOKASSA_CALLBACK: z.url().optional(),
    /** Factor on documented delays: 1 is real time. */
    WORLD_TIME_SCALE: z.coerce.number().positive().default(1),
  })
  .parse(process.env)

/** A port that is taken is told in a line: a stack would say less. */
function tellTaken(error: unknown): never {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error
  console.error(`World: port ${'port' in error ? error.port : ''} is taken`)
  process.exit(1)
}

const world = await startWorld({
  host: settings.WORLD_HOST,
  port: settings.WORLD_PORT,
  timeScale: settings.WORLD_TIME_SCALE,
  max: { token: settings.WORLD_MAX_TOKEN },
  telegram: { token: settings.WORLD_TELEGRAM_TOKEN },
  sms: { token: settings.WORLD_SMS_TOKEN },
  network: { token: settings.WORLD_NETWORK_TOKEN },
  yookassa: {
    shopId: settings.WORLD_YOOKASSA_SHOP,
    secretKey: settings.WORLD_YOOKASSA_KEY,
    ...(settings.WORLD_YOOKASSA_CALLBACK !== undefined && { callback: settings.WORLD_YOOKASSA_CALLBACK }),
  },
  mail: {
    smtpPort: settings.WORLD_SMTP_PORT,
    imapPort: settings.WORLD_IMAP_PORT,
    password: settings.WORLD_MAIL_PASSWORD,
  },
}).catch(tellTaken)
console.log(`World: ${world.url}/phone/ (SMTP ${world.mail.smtp.port}, IMAP ${world.mail.imap.port})`)
process.send?.({ listening: world.url })

const stop = (): void => {
  void world.close().then(() => process.exit(0))
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
process.once('disconnect', stop)
