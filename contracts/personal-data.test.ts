import { expect, test } from 'vitest'
import { personalDataIn } from './personal-data.ts'

test.each([
  ['Пишу на anna.petrova@example.ru', ['email']],
  ['почта иван@почта.рф', ['email']],
  ['Ваш номер +7 916 123-45-67', ['phone-number']],
  ['8(916)1234567', ['phone-number']],
  ['79161234567', ['phone-number']],
  ['перезвоним на 916 123 45 67', ['phone-number']],
  ['+7 (495) 123‑45‑67 — с обычным дефисом: +7 (495) 123-45-67', ['phone-number']],
  ['+44 20 7946 0958', ['phone-number']],
  ['наберите *144*79161234567#', ['phone-number']],
  ['паспорт 45 11 123456', ['number']],
  ['паспорт 4511 123456', ['number']],
  ['СНИЛС 112-233-445 95', ['number']],
  ['ИНН 500100732259', ['number']],
  ['SIM 8970 1012 3456 7890 123', ['number']],
  ['карта 2200 0000 0000 0004', ['number']],
  ['лицевой счёт 123456789', ['number']],
  ['a@b.ru и 8 916 123 45 67', ['email', 'phone-number']],
])('%s: %j', (text, kinds) => {
  expect(personalDataIn(text)).toEqual(kinds)
})

test.each([
  'Здравствуйте! Сейчас посмотрю.',
  'Тариф стоит 1 200 ₽ в месяц, за год 14 400 ₽, всего 1 000 000 000 ₽',
  'Пакеты 10 20 30 50 100 ГБ',
  'Работаем 25.11.2026 с 10:00 до 19:00, а 2026-11-26 10 30 закрыто',
  'Позвоните 8 800 555-35-35 или +7 800 5553535',
  'Наберите 0611 или *100#',
  'https://max.ru/id7700123456_bot',
  'Заявка №12345678',
  '',
])('nothing in “%s”', (text) => {
  expect(personalDataIn(text)).toEqual([])
})

test('is read in time, whatever somebody pastes', () => {
  const started = performance.now()
  for (const piece of ['1 ', '8 9', '(-', 'a.', '@', '7-'])
    personalDataIn(piece.repeat(Math.floor(20_000 / piece.length)))
  expect(performance.now() - started).toBeLessThan(1_000)
})
