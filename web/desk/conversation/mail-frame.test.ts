import { expect, test } from 'vitest'
import { pageOf } from './mail-frame.tsx'

test('foreign images keep still until they are asked for', () => {
  const html = '<img data-remote-src="https://x.example/a.png">'
  expect(pageOf(html, false)).not.toContain(' src="https://x.example')
  expect(pageOf(html, true)).toContain(' src="https://x.example/a.png"')
})
test('nothing of a letter may run or send', () => {
  expect(pageOf('', true)).toContain("default-src 'none'")
  expect(pageOf('', true)).toContain("form-action 'none'")
})
