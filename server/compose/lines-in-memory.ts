import { memoryBytes } from '../platform/machine-memory.ts'

/** What a line takes with its session: what is told of it, and what it takes to find it. Measured: `home` in `bench/`. */
const BYTES_A_LINE = 5_120
/** Of the machine's memory, which PostgreSQL and others need too. */
const SHARE = 32
const MOST = 100_000

/** How many lines this process keeps in memory where nobody said otherwise: a thirty-second of the machine, 500 MB at most. */
export const linesInMemory = (bytes = memoryBytes()): number =>
  Math.min(MOST, Math.max(1, Math.floor(bytes / SHARE / BYTES_A_LINE)))
