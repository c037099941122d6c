import type { usage } from '../../../contracts/usage.ts'
import type { Handlers } from '../../platform/http/index.ts'
import type { LinesContext } from './lines-context.ts'
import { reportUsage } from './usage/report-usage.ts'

/** The handlers of the `usage` contract: the network's side, where we keep the lines ourselves. */
export function usageHandlers(lines: LinesContext): Handlers<typeof usage> {
  return {
    reportUsage: ({ db, body }) => reportUsage(db, lines, body.records),
  }
}
