import { payments, type TopUp, type TopUpTerms } from '../../../contracts/payments.ts'
import { call } from './api.ts'
import { type Reading, useReading } from './reading.ts'

/** How much may be paid to a line, and what its automatic top-up is paid from. */
export const useTopUpTerms = (lineId: string): Reading<TopUpTerms> =>
  useReading(`line:${lineId}:top-up-terms`, () => call(payments.getTopUpTerms, { params: { id: lineId } }))

/** Where a payment stands; read again whenever something happens to the line. */
export const useTopUp = (lineId: string, id: string): Reading<TopUp> =>
  useReading(`line:${lineId}:top-up:${id}`, () => call(payments.getTopUp, { params: { id } }))

const LATEST = 5

/** The latest payments to a line. */
export const useTopUps = (lineId: string): Reading<TopUp[]> =>
  useReading(`line:${lineId}:top-ups`, async () => {
    const { items } = await call(payments.listTopUps, { params: { id: lineId }, query: { limit: LATEST } })
    return items
  })

/** One payment that the person wants: sent again after a lost answer it is the same one. */
export interface TopUpWish {
  readonly id: string
  readonly lineId: string
  readonly amountKopecks: number
  readonly automatic?: { belowKopecks: number; monthlyMaxKopecks: number; consent: string } | undefined
  /** Where the receipt goes; undefined = to the number. */
  readonly receiptTo?: string | undefined
}

/** Begins it; the answer says where to pay. Throws `ApiProblem`. */
export const startTopUp = ({ id, lineId, amountKopecks, automatic, receiptTo }: TopUpWish): Promise<TopUp> =>
  call(payments.startTopUp, {
    params: { id: lineId },
    body: { id, amountKopecks, ...(automatic && { automatic }), ...(receiptTo && { receiptTo }) },
  })
