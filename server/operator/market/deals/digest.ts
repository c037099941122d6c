import { createHash } from 'node:crypto'

/** Of what a buyer agreed to. */
export const digestOfPurchase = (ask: {
  readonly lineId: string
  readonly lots: readonly { readonly id: string; readonly version: number }[]
  readonly totalKopecks: number
}): Buffer =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ask.lineId,
        [...ask.lots].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, version }) => [id, version]),
        ask.totalKopecks,
      ]),
    )
    .digest()
