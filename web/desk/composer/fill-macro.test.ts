import { expect, test } from 'vitest'
import { fillMacro } from './fill-macro.ts'

const facts = { name: 'Ольга', agent: 'Анна', number: '12' }

test('fills in what is known', () => {
  expect(fillMacro('Здравствуйте, {{name}}! Я {{ agent }}, обращение {{number}}.', facts)).toBe(
    'Здравствуйте, Ольга! Я Анна, обращение 12.',
  )
})
test('leaves an unknown name out together with its comma', () => {
  expect(fillMacro('Здравствуйте, {{name}}!', { ...facts, name: '' })).toBe('Здравствуйте!')
})
test('leaves unknown places visible', () => {
  expect(fillMacro('Ваш тариф {{tariff}}', facts)).toBe('Ваш тариф {{tariff}}')
})
test('a name with dollar signs stays itself', () => {
  expect(fillMacro('{{name}}', { ...facts, name: '$& $1' })).toBe('$& $1')
})
