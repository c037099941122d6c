import { describe, expect, test } from 'vitest'
import { imageSize, judgeMediaType, kindOf } from './index.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d494844520000028000000168080600000000000000', 'hex')
const bytes = (text: string) => Buffer.from(text)

describe('the media type', () => {
  test.each([
    ['a picture', png, 'image/png'],
    ['a PDF', bytes('%PDF-1.7\n%âãÏÓ'), 'application/pdf'],
    [
      'SVG with a prolog',
      bytes('<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/svg+xml',
    ],
    ['SVG behind a byte order mark', bytes('\uFEFF  <svg onload="alert(1)">'), 'image/svg+xml'],
    ['HTML', bytes('<!DOCTYPE html><title>x</title>'), 'text/html'],
    ['HTML behind text', bytes('hello <script>alert(1)</script>'), 'text/html'],
    ['XML', bytes('<?xml version="1.0"?><bill/>'), 'application/xml'],
    ['a table', bytes('имя;номер\n"А; Б";1\nВ;2\n'), 'text/csv'],
    ['text', bytes('Добрый день, у меня вопрос\nПро тариф\nСпасибо'), 'text/plain'],
    ['UTF-16 text', Buffer.from('\uFEFFпривет', 'utf16le'), 'text/plain'],
    ['anything with control characters', bytes('abc\u0000def'), 'application/octet-stream'],
    ['nothing', Buffer.alloc(0), 'application/octet-stream'],
  ])('of %s is judged from the bytes', async (_, head, expected) => {
    expect(await judgeMediaType(head)).toBe(expected)
  })

  test('decides what may be shown in place: SVG may not', () => {
    expect(
      ['image/webp', 'image/svg+xml', 'audio/ogg; codecs=opus', 'video/mp4', 'text/html'].map(kindOf),
    ).toEqual(['image', 'file', 'audio', 'video', 'file'])
  })
})

describe('the size of a picture', () => {
  const frame = Buffer.from('ffc0001108012c01900301220002110103110100', 'hex')
  const exif = (orientation: number) =>
    Buffer.concat([
      Buffer.from('ffe10022', 'hex'),
      Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
      Buffer.from(`00010112000300000001000${orientation}000000000000`, 'hex'),
    ])
  const jpeg = (...segments: Buffer[]) => Buffer.concat([Buffer.from('ffd8', 'hex'), ...segments, frame])

  test('is read from the header of each kind', () => {
    expect(imageSize(png)).toEqual({ width: 640, height: 360 })
    expect(imageSize(Buffer.from('47494638396120004000', 'hex'))).toEqual({ width: 32, height: 64 })
    expect(imageSize(jpeg())).toEqual({ width: 400, height: 300 })
    const webp = (chunk: string, rest: string) =>
      Buffer.concat([bytes(`RIFF....WEBP${chunk}`), Buffer.from(rest.padEnd(36, '0'), 'hex')])
    expect(imageSize(webp('VP8X', '0a000000000000008f01002b0100'))).toEqual({ width: 400, height: 300 })
    expect(imageSize(webp('VP8 ', '000000000000009d012a90012c01'.padStart(28, '0')))).toEqual({
      width: 400,
      height: 300,
    })
    expect(imageSize(webp('VP8L', '000000002f8fc14a00'))).toEqual({ width: 400, height: 300 })
  })

  test('is as shown: a portrait that a phone stored lying is turned', () => {
    expect(imageSize(jpeg(exif(6)))).toEqual({ width: 300, height: 400 })
    expect(imageSize(jpeg(exif(1)))).toEqual({ width: 400, height: 300 })
  })

  test('of a broken or foreign file is unknown', () => {
    expect(imageSize(png.subarray(0, 20))).toBeUndefined()
    expect(imageSize(jpeg().subarray(0, 8))).toBeUndefined()
    expect(imageSize(bytes('BM......'))).toBeUndefined()
  })
})
