import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export interface Settings {
  /** `--quick`: fewer and shorter rounds; for trying out, not for figures. */
  readonly quick: boolean
  /** A folder of this run; removed at the end. */
  readonly folder: string
  /** Is called at the end, last first, whatever happened. */
  readonly atEnd: (end: () => Promise<unknown>) => void
}

/** Tells a person at the terminal how it goes. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Runs a benchmark and tidies up after it. The process fails if the benchmark does. */
export async function begin(work: (settings: Settings) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-bench-'))
  // PostgreSQL may have to run as somebody else.
  await chmod(folder, 0o711)
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const tidy = async () => {
    for (const end of ends.splice(0).reverse())
      await end().catch((error: unknown) => say(`at the end: ${error}`))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void tidy().finally(() => process.exit(130)))
  try {
    await work({ quick: process.argv.includes('--quick'), folder, atEnd: (end) => ends.push(end) })
  } catch (error) {
    console.error(error)
    process.exitCode = 1
  } finally {
    await tidy()
  }
}
