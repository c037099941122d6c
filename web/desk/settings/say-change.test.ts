import { describe, expect, test } from 'vitest'
import { en } from '../locales/en.ts'
import { ru } from '../locales/ru.ts'
import { type FindWords, fieldWords, valueWords } from './say-change.ts'

const wordsIn =
  (words: object): FindWords =>
  (key) => {
    const found = key.split('.').reduce<unknown>((inner, name) => Object(inner)[name], words)
    return typeof found === 'string' ? found : undefined
  }
const field = (...path: string[]) => [ru, en].map((words) => fieldWords(path, wordsIn(words)))
const value = (path: string, of: unknown) =>
  ([ru, en] as const).map((words, at) => valueWords([path], of, wordsIn(words), at === 0 ? 'ru' : 'en'))

describe('a field of a record', () => {
  test.each([
    [['roles'], 'Roles'],
    [['expiresAt'], 'Until'],
    [['signedInBy'], 'Signed in by'],
    [['bodies', 'days'], 'Message texts, days'],
    [['settings', 'imap', 'host'], 'Receiving (IMAP): server'],
    [['settings', 'greeting', 'ru'], 'Greeting in Russian'],
  ])('%j is called “%s”', (path, called) => expect(field(...path)[1]).toBe(called))

  test('has words in Russian as well, and its own name where there are none', () => {
    expect(field('roles')).toEqual(['Роли', 'Roles'])
    expect(field('strange', 'thing')).toEqual(['strange.thing', 'strange.thing'])
  })
})

describe('a value of a record', () => {
  test('is told in words, instants as moments, secrets as hidden', () => {
    expect(value('roles', ['agent', 'admin'])).toEqual(['Оператор, Администратор', 'Agent, Administrator'])
    expect(value('scopes', ['usage'])[1]).toBe('usage from the network')
    expect(value('signedInBy', 'password')).toEqual(['пароль', 'password'])
    expect(value('on', true)).toEqual(['да', 'yes'])
    expect(value('secret', '[secret]')).toEqual(['скрыто', 'hidden'])
    expect(value('expiresAt', '2020-12-03T12:21:47.653Z')[1]).toMatch(/3.December.2020/)
  })

  test('stands as it is where there are no words', () => {
    expect(value('state', 'constructor')).toEqual(['constructor', 'constructor'])
    expect(value('strange', { a: 1 })[0]).toBe('{"a":1}')
  })
})
