import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '../../../contracts/primitives.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { seedTopics } from '../topics/index.ts'
import { editDistance } from './edit-distance.ts'
import { seedArticles } from './index.ts'
import { inOtherLayout } from './other-layout.ts'
import { searchArticles } from './search-articles.ts'
import { soundOf } from './sound.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedTopics(database.db, clock, 'Otklik')
  await seedArticles(database.db, clock, 'Otklik')
})
afterAll(() => database.drop())

const search = (q: string, locale: Locale = 'ru', atWork = false) =>
  searchArticles(
    database.db,
    { locale, audiences: atWork ? ['public', 'agents'] : ['public'] },
    { q, limit: 10 },
  )

/** The first answer to a question, and what was searched for instead of it. */
async function firstOf(q: string, locale?: Locale) {
  const { hits, corrected } = await search(q, locale)
  return { key: hits[0]?.key, corrected }
}

describe('a question in one’s own words', () => {
  test.each([
    ['еду в турцию', 'roaming'],
    ['как отключить платную подписку', 'paid-subscriptions'],
    ['отключите подписки', 'paid-subscriptions'],
    ['списали деньги за что', 'charges'],
    ['куда деваются деньги с баланса', 'charges'],
    ['не работает интернет', 'internet-not-working'],
    ['почему так медленно грузит', 'internet-not-working'],
    ['настройки apn iphone', 'apn-settings'],
    ['точки доступа самсунга', 'apn-settings'],
    ['украли телефон', 'lost-sim'],
    ['потеряла симку', 'lost-sim'],
    ['разблокировать номер', 'lost-sim'],
    ['перейти со своим номером', 'number-porting'],
    ['поменять тариф на дешевле', 'change-tariff'],
    ['положить деньги на телефон', 'top-up'],
    ['перевести деньги маме', 'money-transfer'],
    ['сколько осталось гигабайтов', 'what-is-left'],
    ['обещанные платежи', 'promised-payment'],
    ['деньги в долг', 'promised-payment'],
    ['кто видит мою переписку', 'my-data'],
    ['звонят из службы безопасности', 'fraud'],
    ['не приходят смс', 'calls-not-working'],
    ['электронная симка qr', 'esim'],
  ])('«%s» finds %s, and nothing had to be put right', async (q, key) => {
    expect(await firstOf(q)).toEqual({ key, corrected: null })
  })

  test.each([
    ['I lost my phone', 'lost-sim'],
    ['stop subscriptions', 'paid-subscriptions'],
    ['going abroad', 'roaming'],
    ['keep my number', 'number-porting'],
  ])('in English, “%s” finds %s', async (q, key) => {
    const { hits } = await search(q, 'en')
    expect(hits[0]).toMatchObject({ key, locale: 'en' })
  })

  test('does not care for endings, capitals, ё, order or a dash', async () => {
    for (const q of ['ПЕРЕАДРЕСАЦИЕЙ', 'переадресаций', 'переадресации вызова'])
      expect((await firstOf(q)).key).toBe('call-forwarding')
    expect(await search('обещанный платёж')).toEqual(await search('обещанный платеж'))
    expect((await firstOf('симкарту')).key).toBe('lost-sim')
    expect((await firstOf('4g')).key).toBe('internet-not-working')
    expect((await search('112', 'ru', true)).hits[0]?.key).toBe('emergency-112')
  })

  test('is answered while it is being typed', async () => {
    expect(await firstOf('подпи')).toEqual({ key: 'paid-subscriptions', corrected: null })
    expect(await firstOf('вызов переадр')).toEqual({ key: 'call-forwarding', corrected: null })
  })
})

describe('a misspelt question', () => {
  test.each([
    ['пиреадресацыя', 'call-forwarding', 'переадресация'],
    ['переодрисацию', 'call-forwarding', 'переадресацию'],
    ['отключить падписку', 'paid-subscriptions', 'отключить подписку'],
    ['абещанный платёж', 'promised-payment', 'обещанный платёж'],
    ['ромминг', 'roaming', 'роуминг'],
    ['роуминк', 'roaming', 'роуминг'],
    ['интирнет не работат', 'internet-not-working', 'интернет не работает'],
    ['Настройка интренета', 'apn-settings', 'Настройка интернета'],
    ['мошеники', 'fraud', 'мошенники'],
    ['украле тилифон', 'lost-sim', 'украли телефон'],
    ['заблакировать симку', 'lost-sim', 'заблокировать симку'],
    ['гигобайты', 'what-is-left', 'гигабайты'],
    // The third letter is Latin.
    ['блoкировка', 'lost-sim', 'блокировка'],
  ])('«%s» finds %s: it was to be «%s»', async (q, key, corrected) => {
    expect(await firstOf(q)).toEqual({ key, corrected })
  })

  test.each([
    ['gthtflhtcfwbz', 'call-forwarding', 'переадресация'],
    ['jnrk.xbnm gjlgbcre', 'paid-subscriptions', 'отключить подписку'],
    ['hjevbyu', 'roaming', 'роуминг'],
    ['уышь', 'esim', 'esim'],
  ])('«%s», typed in the other keyboard layout, finds %s', async (q, key, corrected) => {
    expect(await firstOf(q)).toEqual({ key, corrected })
  })

  test('in English is put right as well', async () => {
    expect(await firstOf('forwardng', 'en')).toEqual({ key: 'call-forwarding', corrected: 'forwarding' })
    expect(await firstOf('paid subscribtion', 'en')).toEqual({
      key: 'paid-subscriptions',
      corrected: 'paid subscription',
    })
    expect((await firstOf('roming', 'en')).key).toBe('roaming')
  })

  test('is not taken for a word that only agents’ articles know', async () => {
    expect(await search('консульство')).toEqual({ hits: [], corrected: null })
    expect(await search('консульсво')).toEqual({ hits: [], corrected: null })
    expect((await search('консульсво', 'ru', true)).corrected).toBe('консульство')
  })

  test('of words that nobody knows, or that say nothing, finds nothing', async () => {
    for (const q of ['абырвалг', 'как', 'еще и не', '1237', '?!', ':* & | !', '%_%', "'; drop"])
      expect(await search(q)).toEqual({ hits: [], corrected: null })
  })

  test('never breaks the search, whatever stands in it', async () => {
    const sign = fc.constantFrom(...`абвёЖxyz09'"\\:*&|!()<>%_-.,;[]\u0001\u{1F600} \n`)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: sign, minLength: 2, maxLength: 30 }), async (q) => {
        const { hits } = await search(q)
        expect(hits.length).toBeLessThanOrEqual(10)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is found', () => {
  test('is shown with the places that were found: letters of the original, ё included', async () => {
    const [hit] = (await search('обещаный платеж')).hits
    const marked = (part: { text: string; hits: { from: number; to: number }[] } | undefined) =>
      part?.hits.map(({ from, to }) => part.text.slice(from, to))
    expect(hit?.title.text).toBe('Обещанный платёж: связь сейчас, оплата потом')
    expect(marked(hit?.title)).toEqual(['Обещанный', 'платёж'])
    expect(marked(hit?.excerpt)?.every((word) => /^(?:обещанн|плат[её]ж)/i.test(word))).toBe(true)
    expect(hit?.excerpt.text).not.toMatch(/[\p{Cc}*#]/u)
  })

  test('a piece from the middle of a sentence says so', async () => {
    const { hits } = await search('деньги')
    const within = hits.filter(({ excerpt }) => excerpt.text.startsWith('… '))
    expect(within.length).toBeGreaterThan(0)
    for (const { excerpt } of hits) {
      expect(excerpt.text).not.toMatch(/^\p{Ll}/u)
      for (const { from, to } of excerpt.hits) expect(excerpt.text.slice(from, to)).toMatch(/^ден/i)
    }
  })

  test('for those at work includes what is meant for agents alone', async () => {
    expect((await search('человек кричит')).hits.map(({ key }) => key)).not.toContain('upset-person')
    expect((await search('человек кричит', 'ru', true)).hits[0]).toMatchObject({
      key: 'upset-person',
      audience: 'agents',
    })
  })

  test('is in the reader’s language, and in the other one where that has no answer', async () => {
    expect((await search('roaming', 'en')).hits.every(({ locale }) => locale === 'en')).toBe(true)
    expect((await search('роуминг', 'en')).hits[0]).toMatchObject({ key: 'roaming', locale: 'ru' })
  })
})

describe('how far words are from one another', () => {
  test.each([
    ['интернет', 'интернет', 0],
    ['интренет', 'интернет', 1],
    ['интрнет', 'интернет', 1],
    ['иинтернет', 'интернет', 1],
    ['антернет', 'интернет', 1],
    ['енитренет', 'интернет', 3],
    ['', 'да', 2],
  ])('from «%s» to «%s» it is %i slips', (a, b, slips) => {
    expect(editDistance(a, b, 5)).toBe(slips)
  })

  test('is the same both ways, and nothing only between equal words', () => {
    const word = fc.string({ unit: fc.constantFrom(...'абв'), maxLength: 7 })
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, most) => {
        const slips = editDistance(a, b, most)
        expect(slips).toBe(editDistance(b, a, most))
        expect(slips === 0).toBe(a === b)
        expect(slips).toBeLessThanOrEqual(most + 1)
      }),
    )
  })

  test('words that sound alike are one', () => {
    expect(soundOf('пиреадресацыя')).toBe(soundOf('переадресация'))
    expect(soundOf('Мошшенник')).toBe(soundOf('машиник'))
    expect(soundOf('сим-карта')).toBe(soundOf('sim karta'))
    expect(soundOf('ёлка 112')).toBe('ilka 112')
  })

  test('a word typed in the other layout twice is the word', () => {
    expect(inOtherLayout('ghbdtn')).toBe('привет')
    const word = fc.string({ unit: fc.constantFrom(...'абвгдежзийклмнопрстуфхцчшщъыьэюя'), maxLength: 20 })
    fc.assert(
      fc.property(word, (text) => {
        expect(inOtherLayout(inOtherLayout(text))).toBe(text)
      }),
    )
  })
})
