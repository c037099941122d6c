import type { DiscountTerms } from '../../../contracts/catalogue.ts'
import { ALWAYS } from './amounts.ts'

const WITH_A_FEE = ['calm', 'breeze', 'ocean', 'north-wind']

export const DISCOUNTS: readonly DiscountTerms[] = [
  {
    kind: 'discount',
    code: 'own-number',
    title: { ru: 'Со своим номером', en: 'With your own number' },
    summary: {
      ru: '−30 % на тариф первые 90 дней. Потом — обычная цена.',
      en: '30% off the tariff for the first 90 days. Then the usual price.',
    },
    ...ALWAYS,
    why: { ru: 'Вы перешли к нам со своим номером', en: 'You came to us with your own number' },
    percent: 30,
    appliesTo: WITH_A_FEE,
    days: 90,
  },
  {
    kind: 'discount',
    code: 'five-years',
    title: { ru: 'Пять лет вместе', en: 'Five years together' },
    summary: {
      ru: '−10 % на тариф, пока вы с нами. При смене тарифа сохраняется.',
      en: '10% off the tariff as long as you are with us. It stays when you change the tariff.',
    },
    ...ALWAYS,
    why: { ru: 'Вы с «Волной» больше пяти лет', en: 'You have been with Volna for more than five years' },
    percent: 10,
    appliesTo: [...WITH_A_FEE, 'wave-2019'],
    days: null,
  },
  {
    kind: 'discount',
    code: 'we-are-sorry',
    title: { ru: 'Мы виноваты', en: 'We are sorry' },
    summary: {
      ru: '−50 % на тариф и минуты на 30 дней. Даём, когда связь подвела по нашей вине.',
      en: 'Half off the tariff and minutes for 30 days. Given when the network failed through our fault.',
    },
    ...ALWAYS,
    why: { ru: 'Связь работала плохо, и это наша вина', en: 'The network was bad, and it was our fault' },
    percent: 50,
    appliesTo: [...WITH_A_FEE, 'minutes-500'],
    days: 30,
  },
]
