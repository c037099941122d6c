import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'

/** Another process of the benchmark, which answers questions. */
export interface Program {
  readonly pid: number
  /** Asks one of the program's questions. Throws what it failed with. */
  ask<Answer>(what: string, input?: unknown): Promise<Answer>
  /** Ends it: orderly by default. Resolves when it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>
  /** True once it is gone. */
  readonly gone: boolean
}

interface Reply {
  readonly id: number
  readonly answer?: unknown
  readonly failure?: string
}

const FROM_SOURCE = import.meta.filename.endsWith('.ts')

/** Starts `bench/programs/<name>`. Resolves at once; it answers when it is ready. */
export function startProgram(
  name: string,
  { env = {}, nodeArgs = [] }: { env?: Record<string, string>; nodeArgs?: string[] } = {},
): Program {
  const file = path.join(import.meta.dirname, '../programs', `${name}.${FROM_SOURCE ? 'ts' : 'js'}`)
  const child: ChildProcess = fork(file, {
    env: { ...process.env, ...env },
    execArgv: [...nodeArgs, ...(FROM_SOURCE ? ['--import', 'tsx'] : [])],
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const asked = new Map<number, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>()
  let last = 0
  let gone = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      gone = true
      for (const { reject } of asked.values()) reject(new Error(`${name} has ended`))
      resolve()
    })
  })
  child.on('message', ({ id, answer, failure }: Reply) => {
    const question = asked.get(id)
    asked.delete(id)
    if (failure !== undefined) question?.reject(new Error(`${name}: ${failure}`))
    else question?.resolve(answer)
  })
  child.on('error', () => undefined)
  if (child.pid === undefined) throw new Error(`${name} does not start`)
  return {
    pid: child.pid,
    ask: <Answer>(what: string, input?: unknown) =>
      new Promise<Answer>((resolve, reject) => {
        const id = ++last
        asked.set(id, { resolve: (answer) => resolve(answer as Answer), reject })
        child.send({ id, what, input }, (error) => {
          if (error) reject(new Error(`${name} cannot be asked ${what}: ${error.message}`))
        })
      }),
    end: async (signal) => {
      if (signal) child.kill(signal)
      else if (child.connected) child.disconnect()
      await ended
    },
    get gone() {
      return gone
    },
  }
}
