import type { Executor } from '../../platform/database/index.ts'
import { findLine, type LineNoticeCode } from '../lines/index.ts'
import type { PaymentsContext } from './payments-context.ts'

/** The people of a line hear of it. */
export async function tellLine(
  tx: Executor,
  { announce, lines }: Pick<PaymentsContext, 'announce' | 'lines'>,
  lineId: string,
  notice: LineNoticeCode,
  facts: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const line = await findLine(tx, lines, lineId)
  if (line) await announce(tx, { kind: 'line-notice', lineId, msisdn: line.msisdn, notice, facts })
}
