import type { OrderRequest } from '../../../contracts/orders.ts'

/** Opens the sheet that shows what an order will do, under a title; the button and what is said afterwards are those of saving if left out. */
export type Ask = (request: OrderRequest, title: string, confirm?: string, done?: string) => void
