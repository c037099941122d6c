import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  Classifier,
  type Example,
  FIRST_INTENTS,
  type Model,
  OUT_OF_SCOPE,
  readFirstExamples,
  trainModel,
} from './index.ts'

let examples: readonly Example[]
let model: Model
let classifier: Classifier
beforeAll(async () => {
  examples = await readFirstExamples()
  model = trainModel(examples)
  classifier = new Classifier(model)
})

const isRussian = ({ text }: Example) => /[а-яё]/i.test(text)
const firstOf = (text: string) => classifier.understand(text).intents[0]?.intent

describe('the examples that come with the product', () => {
  test('are many, two thirds of them Russian, with many that are none of ours', () => {
    const inScope = examples.filter(({ intent }) => intent !== OUT_OF_SCOPE)
    expect(inScope.length).toBeGreaterThanOrEqual(3_500)
    expect(examples.length - inScope.length).toBeGreaterThanOrEqual(300)
    const share = inScope.filter(isRussian).length / inScope.length
    expect(share).toBeGreaterThan(0.6)
    expect(share).toBeLessThan(0.75)
  })

  test('are each there once, in one intent', () => {
    const plain = examples.map(({ text }) =>
      text
        .toLowerCase()
        .replaceAll('ё', 'е')
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )
    expect(plain.filter((text, at) => plain.indexOf(text) !== at)).toEqual([])
  })

  test('show every intent in both languages', () => {
    for (const { key } of FIRST_INTENTS) {
      const own = examples.filter(({ intent }) => intent === key)
      expect(own.filter(isRussian).length, key).toBeGreaterThanOrEqual(10)
      expect(own.filter((one) => !isRussian(one)).length, key).toBeGreaterThanOrEqual(8)
    }
  })
})

describe('a message', () => {
  test.each([
    ['какой у меня баланс', 'balance'],
    ['how much data is left', 'what-is-left'],
    ['за что сняли деньги', 'charges'],
    ['отключите все платные подписки', 'paid-subscriptions'],
    ['дайте обещанный платёж', 'promised-payment'],
    ['у меня украли телефон, заблокируйте номер', 'sim-lost'],
    ['позовите оператора', 'person'],
    ['вызовите скорую, человеку плохо', 'emergency'],
    ['internet is not working', 'internet-broken'],
  ])('«%s» wants %s, surely', (text, intent) => {
    const { verdict, intents } = classifier.understand(text)
    expect([intents[0]?.intent, verdict]).toEqual([intent, 'sure'])
  })

  test('is read through slips, spelling by ear, the other layout and what comes before the matter', () => {
    expect(firstOf('обищаный платеш')).toBe('promised-payment')
    expect(firstOf('отлкючить плтаные подпсики')).toBe('paid-subscriptions')
    expect(firstOf('gjpjdbnt jgthfnjhf')).toBe('person')
    expect(firstOf('црфе шы ьн ифдфтсу')).toBe('balance')
    expect(firstOf('Здравствуйте! Добрый день, подскажите пожалуйста, какой у меня баланс?')).toBe('balance')
  })

  test('that only greets is a greeting', () => {
    expect(firstOf('Добрый день!')).toBe('greeting')
    expect(firstOf('Hello')).toBe('greeting')
  })

  test('that is none of ours is out of scope', () => {
    for (const text of ['сколько стоит билет на самолёт', 'кто написал онегина', '', '🙂'])
      expect(classifier.understand(text).verdict, text).toBe(OUT_OF_SCOPE)
  })

  test('is explained by examples of its intent, loudest first', () => {
    const { intents, because } = classifier.understand('сняли деньги за подписку, отключите')
    const own = examples.filter(({ intent }) => intent === intents[0]?.intent).map(({ text }) => text)
    expect(because.length).toBeGreaterThan(0)
    for (const { text } of because) expect(own).toContain(text)
    const shares = because.map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
  })

  test('of any kind gets an answer with confidences that add up', () => {
    const word = fc.constantFrom(...examples.slice(0, 300).flatMap(({ text }) => text.split(' ')))
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (any) => {
        const { intents } = classifier.understand(any)
        const sum = intents.reduce((total, { confidence }) => total + confidence, 0)
        expect(sum).toBeGreaterThan(0)
        expect(sum).toBeLessThanOrEqual(1 + 1e-9)
        expect(intents.map(({ confidence }) => confidence)).toEqual(
          intents.map(({ confidence }) => confidence).sort((a, b) => b - a),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('messages that nobody trained with', () => {
  let checks: { intent: string; text: string }[]
  beforeAll(async () => {
    const lines = (await readFile('test/fixtures/intents/telecom-check.tsv', 'utf8')).split('\n')
    checks = lines
      .filter((line) => line !== '')
      .map((line) => ({ intent: line.split('\t')[0] ?? '', text: line.split('\t')[1] ?? '' }))
  })

  test('stand in no example', () => {
    const taught = new Set(examples.map(({ text }) => text.toLowerCase()))
    expect(checks.length).toBeGreaterThanOrEqual(200)
    const both = checks.filter(({ text }) => taught.has(text.toLowerCase()))
    expect(both.map(({ text }) => text).filter((text) => text.split(' ').length > 3)).toEqual([])
  })

  test('are understood nine times in ten, and nearly always where it is sure', () => {
    const ours = checks.filter(({ intent }) => intent !== OUT_OF_SCOPE)
    const right = ours.filter(({ intent, text }) => firstOf(text) === intent)
    expect(right.length / ours.length).toBeGreaterThan(0.9)
    const sure = checks.filter(({ text }) => classifier.understand(text).verdict === 'sure')
    const rightly = sure.filter(({ intent, text }) => firstOf(text) === intent)
    expect(sure.length / ours.length).toBeGreaterThan(0.5)
    expect(rightly.length / sure.length).toBeGreaterThan(0.95)
  })

  test('never lose a cry for help or for a person', () => {
    for (const { intent, text } of checks.filter((one) => ['emergency', 'person'].includes(one.intent)))
      expect(firstOf(text), text).toBe(intent)
  })
})

describe('training', () => {
  test('judges itself on examples that it left out', () => {
    const { quality } = model
    expect(new Set(quality.heldOut.map(({ place }) => place)).size).toBe(examples.length)
    expect(quality.accuracy).toBeGreaterThan(0.7)
    expect(quality.calibrationError).toBeLessThan(0.06)
  })

  test('gives the same model for the same examples', () => {
    const some = examples.filter((_, at) => at % 8 === 0)
    const [one, other] = [trainModel(some), trainModel(some)]
    expect(one.weights).toEqual(other.weights)
    expect(one.calibration).toEqual(other.calibration)
  })
})
