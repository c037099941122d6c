/**
 * One act on one line. `ref` names what it belongs to (an order, a payment, a deal) and stands in the keys of its transfers, so that a
 * repeat moves nothing.
 */
export interface Act {
  readonly lineId: string
  readonly ref: string
}

/** The name of a transfer that an act makes on a line. */
export const actName = ({ lineId, ref }: Act, kind: string) =>
  ({ scope: `act:${lineId}`, key: `${ref}:${kind}`, kind }) as const
