import type { By } from '../../edge/index.ts'

export interface PurchaseAsk {
  /** Made by the buyer: a repeat buys once. */
  readonly id: string
  readonly lineId: string
  /** The lots with the versions that were seen. */
  readonly lots: readonly { readonly id: string; readonly version: number }[]
  /** What was agreed to. */
  readonly totalKopecks: number
  readonly by: Pick<By, 'kind' | 'fresh'>
}
