import { expect, test } from 'vitest'
import { sayEffects } from './words-of-order.ts'

const terms = {
  timeZone: 'Europe/Moscow',
  titles: new Map([['video', { ru: 'Видео', en: 'Video' }]]),
}

test('what goes off with a service is named before it is confirmed', () => {
  const gone = (code: string) =>
    sayEffects({ kind: 'disconnect-option', code: 'messengers' }, [{ effect: 'disconnects', code }], terms)
  expect(gone('video')).toEqual({
    ru: 'Отключу. Вместе с этим отключится «Видео».',
    en: 'I will switch it off. “Video” goes off with it.',
  })
  expect(gone('gone-since').ru).toBe('Отключу. Вместе с этим отключится ещё одна услуга.')
})
