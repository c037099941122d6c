import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './otklik.ts'

const MAIN = path.join(import.meta.dirname, '../../server/main.ts')

/** The program itself, as `npm start` runs it. */
export interface Program {
  readonly child: ChildProcess
  readonly said: () => string
  /** As Ctrl-C in a terminal does: to the process and its helpers. */
  interrupt(): void
  exitCode(): Promise<number | null>
}

/** Starts it on a free port, with nothing of the test's own environment but what programs need to be found. */
export async function startProgram(env: Record<string, string>): Promise<Program> {
  let said = ''
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(await freePort()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += String(words)))
  const exited = once(child, 'exit')
  return {
    child,
    said: () => said,
    interrupt: () => process.kill(-(child.pid ?? 0), 'SIGINT'),
    exitCode: async () => (await exited)[0] as number | null,
  }
}

/** Waits for something that the program does; fails when it ends before that. */
export async function until(happened: () => boolean, { child, said }: Program): Promise<void> {
  while (!happened()) {
    if (child.exitCode !== null) throw new Error(`ended by itself: ${said()}`)
    await pause(5)
  }
}
