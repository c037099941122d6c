import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LinkedText } from './linked-text.tsx'

const drawn = (text: string) => renderToStaticMarkup(createElement(LinkedText, { text }))

test('an address is opened apart from the desk, whole and as it was written', () => {
  expect(drawn('см. https://volna.example/tariffs. <b>')).toBe(
    'см. <a href="https://volna.example/tariffs" title="https://volna.example/tariffs" target="_blank" ' +
      'rel="noopener noreferrer nofollow">https://volna.example/tariffs</a>. &lt;b&gt;',
  )
})

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'mailto:a@b.example'])(
  'of %s none is made',
  (text) => expect(drawn(text)).toBe(text),
)
