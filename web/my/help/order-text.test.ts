import { expect, test } from 'vitest'
import type { OrderOnTimeline } from '../../../contracts/entries.ts'
import { ru } from '../locales/ru.ts'
import { orderText } from './order-text.ts'

const told = (request: OrderOnTimeline['request']) =>
  orderText({ request, state: 'done', by: { kind: 'subscriber' } } as OrderOnTimeline, ru, 'ru')

test('a pause is called one, and a block for a lost SIM a block', () => {
  expect(told({ kind: 'block-line', reason: 'voluntary' })).toBe('Пауза — готово')
  expect(told({ kind: 'block-line', reason: 'lost' })).toBe('Блокировка номера — готово')
})
