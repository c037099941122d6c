import { describe, expect, test } from 'vitest'
import { isPhoto, sizeToSend, tellsOfItself } from './lighten-photo.ts'

describe('a photo before it is sent', () => {
  test.each([
    [
      { width: 4032, height: 3024 },
      { width: 2560, height: 1920 },
    ],
    [
      { width: 3024, height: 4032 },
      { width: 1920, height: 2560 },
    ],
    [
      { width: 2560, height: 2560 },
      { width: 2560, height: 2560 },
    ],
    [
      { width: 640, height: 480 },
      { width: 640, height: 480 },
    ],
    [
      { width: 30_000, height: 3 },
      { width: 2560, height: 1 },
    ],
  ])('of %o is sent as %o', (size, sent) => expect(sizeToSend(size)).toEqual(sent))

  test.each([
    ['image/jpeg', 10, true],
    ['image/heic', 10, true],
    ['image/png', 300_000, false],
    ['image/png', 3_000_000, true],
    ['image/gif', 3_000_000, false],
    ['image/webp', 3_000_000, false],
    ['image/svg+xml', 3_000_000, false],
    ['application/pdf', 3_000_000, false],
    ['', 3_000_000, false],
  ])('%s of %i bytes is one: %s', (type, size, is) => expect(isPhoto({ type, size })).toBe(is))

  test('tells where it was taken, if its camera wrote so', () => {
    const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))
    expect(tellsOfItself(bytes('\xff\xd8\xff\xe1\x00\x40Exif\0\0MM'))).toBe(true)
    expect(tellsOfItself(bytes('\xff\xd8\xff\xe1\x00\x40http://ns.adobe.com/xap/1.0/'))).toBe(true)
    expect(tellsOfItself(bytes('\xff\xd8\xff\xe0\x00\x10JFIF'))).toBe(false)
  })
})
