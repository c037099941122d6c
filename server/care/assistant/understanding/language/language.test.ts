import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asLatinKeys, asRussianKeys } from './keyboard.ts'
import { foldCase, withoutGreeting, wordsOf } from './read-text.ts'
import { isOneSlip, soundOf } from './slips.ts'
import { stemOf } from './stem.ts'
import { WordBook } from './word-book.ts'

describe('stems', () => {
  test.each([
    ['подписка', 'подписк'],
    ['подписками', 'подписк'],
    ['скорость', 'скорост'],
    ['работают', 'работа'],
    ['подключили', 'подключ'],
    ['subscriptions', 'subscript'],
    ['charged', 'charg'],
    ['running', 'run'],
    ['communities', 'communiti'],
    ['organization', 'organ'],
    ['news', 'news'],
  ])('of «%s» is %s', (word, stem) => {
    expect(stemOf(word)).toBe(stem)
  })

  test('are never longer than the word by more than one letter, and stems of anything end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."абвеиоулмнстьяabeginsty'") }), (word) => {
        expect(stemOf(word).length).toBeLessThanOrEqual(word.length + 1)
      }),
    )
  })
})

describe('a text', () => {
  test('is read in lower case, ё as е, with look-alike letters in the word’s own alphabet', () => {
    expect(wordsOf(foldCase('Платёж НЕ прошёл!'))).toEqual(['платеж', 'не', 'прошел'])
    expect(wordsOf(foldCase('бaлaнc'))).toEqual(['баланс'])
    expect(wordsOf('don’t')).toEqual(["don't"])
  })

  test('loses the greeting before the matter, but is never emptied', () => {
    const matter = withoutGreeting('здравствуйте, подскажите пожалуйста, какой баланс')
    expect(wordsOf(matter)).toEqual(['какой', 'баланс'])
    expect(withoutGreeting('добрый день')).toBe('добрый день')
    expect(withoutGreeting('приветливый оператор')).toBe('приветливый оператор')
  })

  test('typed in the other layout comes back by the same keys', () => {
    expect(asRussianKeys('ghbdtn')).toBe('привет')
    expect(asLatinKeys('руддщ')).toBe('hello')
    const russian = fc.string({ unit: fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя ') })
    fc.assert(
      fc.property(russian, (text) => {
        expect(asRussianKeys(asLatinKeys(text))).toBe(text)
      }),
    )
  })
})

describe('slips', () => {
  test('are one letter missing, added, replaced, or two neighbours exchanged', () => {
    for (const other of ['балнс', 'баланнс', 'боланс', 'баалнс', 'баланс'])
      expect(isOneSlip('баланс', other)).toBe(true)
    for (const other of ['блнс', 'лабанс', 'балансик']) expect(isOneSlip('баланс', other)).toBe(false)
  })

  test('between letters that sound alike are none', () => {
    expect(soundOf('падписка')).toBe(soundOf('подписка'))
    expect(soundOf('роуминк')).toBe(soundOf('роуминг'))
    expect(soundOf('обещанный')).toBe(soundOf('абещаный'))
  })
})

describe('a book of words', () => {
  const book = new WordBook(
    [
      'отключить платную подписку',
      'какой баланс',
      'не работает интернет',
      'привет',
      'what is my balance',
    ].map((text) => text.split(' ')),
  )
  test.each([
    ['отключить платную падписку', 'отключить платную подписку'],
    ['какой балнас', 'какой баланс'],
    ['не рабоатет интрнет', 'не работает интернет'],
    ['ghbdtn', 'привет'],
    ['yt hf,jnftn bynthytn', 'не работает интернет'],
    ['црфе шы ьн ифдфтсу', 'what is my balance'],
  ])('reads «%s» as «%s»', (typed, meant) => {
    expect(book.read(typed).join(' ')).toBe(meant)
  })

  test('knows the words of the thesaurus, however few examples there are, and keeps beside them what was typed', () => {
    expect(book.read('гигабвйт')).toEqual(['гигабвйт', 'гигабайт'])
    expect(book.read('какой балнас')).toEqual(['какой', 'баланс'])
  })

  test('leaves alone what nothing near fits, and names in another alphabet', () => {
    expect(book.read('кот')).toEqual(['кот'])
    expect(book.read('не работает whatsapp')).toEqual(['не', 'работает', 'whatsapp'])
    expect(book.read('12345')).toEqual(['12345'])
  })
})
