import type { ZoneTerms } from '../../../contracts/catalogue.ts'
import { ALWAYS, roubles } from './amounts.ts'

/** What it costs abroad without a pack. */
export const ZONES: readonly ZoneTerms[] = [
  {
    kind: 'zone',
    code: 'zone-world',
    title: { ru: 'Все страны', en: 'Every country' },
    summary: {
      ru: 'Сколько стоит связь в поездке без пакета. С пакетом дешевле: он тратится первым.',
      en: 'What it costs abroad without a pack. A pack is cheaper, and is used first.',
    },
    ...ALWAYS,
    countries: [],
    rates: [
      { type: 'data', step: 1024 ** 2, kopecks: roubles(10) },
      { type: 'voice', step: 60, kopecks: roubles(35) },
      { type: 'sms', step: 1, kopecks: roubles(15) },
    ],
  },
]
