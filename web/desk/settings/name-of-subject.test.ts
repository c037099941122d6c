import { expect, test } from 'vitest'
import { nameOfSubject } from './name-of-subject.ts'

const living = { member: [{ id: 'm1', name: 'Анна Орлова' }] }
const named = (subject: string, before: unknown = null, after: unknown = null) =>
  nameOfSubject({ subject, before, after }, living)

test('what a change was done to is called by its name now', () => {
  expect(named('member:m1', { name: 'Анна' })).toEqual({ name: 'Анна Орлова', known: true })
})
test('what is gone is called as the record calls it, the later name first', () => {
  expect(named('service-token:t1', { name: 'CRM' })).toEqual({ name: 'CRM', known: true })
  expect(named('macro:1', { title: 'Привет' }, { title: 'Здравствуйте' })?.name).toBe('Здравствуйте')
  expect(named('webhook:1', { url: 'https://crm.example' })?.name).toBe('https://crm.example')
})
test('what has no name stands by its key', () => {
  expect(named('flow:top-up')).toEqual({ name: 'top-up', known: false })
})
test('what there is one of is not named twice', () => {
  for (const one of ['topics', 'catalogue', 'market-rules', 'setting:retention'])
    expect(named(one)).toBeUndefined()
})
