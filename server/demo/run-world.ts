import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Log } from '../platform/telemetry/index.ts'

/** The outside world as the server knows it: addresses and the tokens that services gave us. */
export interface RunningWorld {
  readonly url: string
  readonly smtpPort: number
  readonly imapPort: number
  stop(): Promise<void>
}

const READY_MS = 15_000

/** Runs the world as a child on its own port; it ends with us. Rejects when the port is taken. */
export async function runWorld(port: number, log: Log): Promise<RunningWorld> {
  const here = import.meta.filename
  const program = path.join(import.meta.dirname, `../../world/main${path.extname(here)}`)
  const [smtpPort, imapPort] = [port + 24, port + 142]
  const env = {
    ...process.env,
    WORLD_PORT: String(port),
    WORLD_SMTP_PORT: String(smtpPort),
    WORLD_IMAP_PORT: String(imapPort),
  }
  // A group of its own: Ctrl-C reaches us first, and we end it after the last message has left.
  const child = fork(program, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true })
  child.on('exit', (code) => {
    if (code) log.error({ code }, 'the outside world ended')
  })
  const ready = once(child, 'message', { signal: AbortSignal.timeout(READY_MS) })
  const failed = once(child, 'exit').then(() => {
    throw new Error(`The outside world could not start: is port ${port} free? (WORLD_PORT sets another)`)
  })
  await Promise.race([ready, failed])
  return {
    url: `http://127.0.0.1:${port}`,
    smtpPort,
    imapPort,
    stop: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
