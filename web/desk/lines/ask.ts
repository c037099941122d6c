import type { Line, LineSettings } from '../../../contracts/lines.ts'
import type { OrderKind, OrderRequest } from '../../../contracts/orders.ts'

/** What an agent wants done to a line, as far as it is clear before the sheet opens. */
export type Ask =
  | { readonly kind: 'ready'; readonly request: OrderRequest; readonly name?: string }
  | { readonly kind: 'connect-option' }
  | { readonly kind: 'change-tariff' }
  | { readonly kind: 'promised-payment' }
  | { readonly kind: 'goodwill-credit' }
  | {
      readonly kind: 'refund-content'
      readonly code: string
      readonly name: string
      /** What it took lately; undefined = not known. */
      readonly kopecks?: number
    }
  | {
      readonly kind: 'refund-top-up'
      readonly topUpId: string
      /** What of it may still go back. */
      readonly kopecks: number
    }
  | { readonly kind: 'reverse-deal'; readonly dealId: string }
  | { readonly kind: 'block-line' }
  | {
      readonly kind: 'set-limit'
      readonly limit: keyof typeof LIMITS
      readonly kopecks: number | null
    }
  | { readonly kind: 'set-forwarding'; readonly forwarding: LineSettings['forwarding'] }

export const LIMITS = {
  'spend-month': 'spendMonthKopecks',
  'roaming-day': 'roamingDayKopecks',
} as const satisfies Record<string, keyof LineSettings['limits']>

/** The kind of order that it will be. */
export const orderKindOf = (ask: Ask): OrderKind => (ask.kind === 'ready' ? ask.request.kind : ask.kind)

/** What a form of the sheet is given. */
export interface FormProps<K extends Ask['kind'] = Ask['kind']> {
  readonly lineId: Line['id']
  readonly ask: Extract<Ask, { kind: K }>
  /** Hears what is chosen now; undefined = not enough yet. */
  readonly choose: (request: OrderRequest | undefined) => void
}
