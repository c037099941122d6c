import type { NewLot } from '../../operator/market/index.ts'
import { roubles } from './amounts.ts'

/** What somebody of the demo has for sale on the Market. */
export interface DemoLot extends Pick<NewLot, 'type' | 'units' | 'priceKopecks' | 'moods'> {
  readonly msisdn: string
  /** Is the seller's name shown? */
  readonly shown: boolean
}

const ANNA = '79000000101'
const TIMUR = '79000000104'
const EMILY = '79000000105'

export const VOLNA_LOTS: readonly DemoLot[] = [
  { msisdn: ANNA, type: 'data', units: 2, priceKopecks: roubles(36), moods: ['cat'], shown: true },
  { msisdn: ANNA, type: 'voice', units: 60, priceKopecks: roubles(54), moods: [], shown: false },
  { msisdn: TIMUR, type: 'data', units: 5, priceKopecks: roubles(85), moods: ['cool', 'rich'], shown: true },
  { msisdn: TIMUR, type: 'data', units: 10, priceKopecks: roubles(160), moods: [], shown: false },
  { msisdn: TIMUR, type: 'voice', units: 100, priceKopecks: roubles(95), moods: ['bomb'], shown: true },
  { msisdn: EMILY, type: 'data', units: 2, priceKopecks: roubles(38), moods: [], shown: true },
  { msisdn: EMILY, type: 'data', units: 5, priceKopecks: roubles(90), moods: ['tongue'], shown: false },
  { msisdn: EMILY, type: 'sms', units: 50, priceKopecks: roubles(35), moods: [], shown: false },
]
