import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

interface Usage {
  readonly parent: number
  /** Ticks of CPU of the process itself, and of its children that have ended. */
  readonly own: number
  readonly reaped: number
}

/** Every process of this machine, from /proc (Linux alone). */
export function readProcesses(): Map<number, Usage> {
  const all = new Map<number, Usage>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number)
      const at = (index: number) => fields[index] ?? 0
      all.set(Number(name), { parent: at(1), own: at(11) + at(12), reaped: at(13) + at(14) })
    } catch {
      // It has ended meanwhile.
    }
  }
  return all
}

/** Does the process stand below one of `roots`, or is it one? */
export function descends(all: ReadonlyMap<number, Usage>, pid: number, roots: ReadonlySet<number>): boolean {
  for (let one = pid; one > 1; one = all.get(one)?.parent ?? 0) if (roots.has(one)) return true
  return false
}

/** CPU seconds of a process and everything below it, ended children included. */
export function cpuSecondsOf(root: number): number {
  const all = readProcesses()
  const roots = new Set([root])
  let ticks = 0
  for (const [pid, usage] of all) if (descends(all, pid, roots)) ticks += usage.own + usage.reaped
  return ticks / TICKS_PER_SECOND
}

/** CPU seconds of every process that does not stand below one of `roots`, by process. */
export function foreignSeconds(roots: ReadonlySet<number>): Map<number, number> {
  const all = readProcesses()
  const foreign = new Map<number, number>()
  for (const [pid, usage] of all)
    if (!descends(all, pid, roots)) foreign.set(pid, usage.own / TICKS_PER_SECOND)
  return foreign
}

/** The most memory that a process has had, in MiB. */
export function peakMemoryOf(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib ?? 0) / 1024
}
