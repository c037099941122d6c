import type { OptionTerms, TariffTerms } from '../../../contracts/catalogue.ts'

type Package = OptionTerms['packages'][number]

export const roubles = (amount: number): number => Math.round(amount * 100)

const GIGABYTE = 1024 ** 3
const MEGABYTE = 1024 ** 2
const MINUTE = 60

export const gigabytes = (amount: number): Package => ({ type: 'data', amount: amount * GIGABYTE })
export const minutes = (amount: number): Package => ({ type: 'voice', amount: amount * MINUTE })
export const messages = (amount: number): Package => ({ type: 'sms', amount })

/** What a minute, a message and a hundred megabytes cost beyond the packages, in roubles; data without a price ends there. */
export const beyond = (minute: number, message: number, hundredMegabytes?: number): TariffTerms['rates'] => [
  { type: 'voice', step: MINUTE, kopecks: roubles(minute) },
  { type: 'sms', step: 1, kopecks: roubles(message) },
  ...(hundredMegabytes === undefined
    ? []
    : [{ type: 'data' as const, step: 100 * MEGABYTE, kopecks: roubles(hundredMegabytes) }]),
]

/** What most offerings have in common: offered everywhere, from now on, without end. */
export const ALWAYS = { validFrom: null, validTo: null, archived: false } as const
