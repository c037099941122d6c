import { startWorld, type WorldOptions } from './index.ts'

/**
 * Runs the world as a process of its own: `node dist/world/main.js`. Settings come from the environment of whoever starts
 * it: WORLD_HOST, WORLD_PORT, WORLD_MAX_TOKEN, WORLD_TELEGRAM_TOKEN, WORLD_SMS_TOKEN, WORLD_TIME_SCALE.
 */
const { WORLD_HOST, WORLD_PORT, WORLD_MAX_TOKEN, WORLD_TELEGRAM_TOKEN, WORLD_SMS_TOKEN, WORLD_TIME_SCALE } =
  process.env
const token = (given: string | undefined): { token?: string } => (given ? { token: given } : {})
const options: WorldOptions = {
  host: WORLD_HOST ?? '127.0.0.1',
  port: Number(WORLD_PORT ?? 3001),
  timeScale: Number(WORLD_TIME_SCALE ?? 1),
  max: token(WORLD_MAX_TOKEN),
  telegram: token(WORLD_TELEGRAM_TOKEN),
  sms: token(WORLD_SMS_TOKEN),
}

const world = await startWorld(options)
console.log(`World: ${world.url}/phone/`)
process.send?.({ listening: world.url })

const stop = (): void => {
  void world.close().then(() => process.exit(0))
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
// The parent is gone: a demo's world does not outlive its demo.
process.once('disconnect', stop)
