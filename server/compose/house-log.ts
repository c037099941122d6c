import type { createLog } from '../platform/telemetry/index.ts'

/** The one logger of a process. */
export type HouseLog = ReturnType<typeof createLog>
