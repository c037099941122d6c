import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accentOf } from './theme.ts'

/** WCAG 2.2 contrast, written anew so that it checks the code under test and does not share its mistakes. */
const contrast = (a: string, b: string): number => {
  const light = (hex: string) => {
    const part = (i: number) => {
      const s = Number.parseInt(hex.slice(i, i + 2), 16) / 255
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
    }
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
  }
  const [x, y] = [light(a), light(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}
const colour = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((rgb) => `#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`)

describe('the operator’s accent', () => {
  test('is legible in both themes, whatever it is', () => {
    fc.assert(
      fc.property(colour, fc.constantFrom('light' as const, 'dark' as const), (accent, scheme) => {
        const { fill, onFill, ink } = accentOf(accent, scheme)
        expect(contrast(fill, onFill)).toBeGreaterThanOrEqual(4.45)
        expect(contrast(ink, scheme === 'dark' ? '#1a1917' : '#ffffff')).toBeGreaterThanOrEqual(4.45)
      }),
    )
  })

  test('is the default teal when the value is not a colour, so that no value can leave the rule it is put into', () => {
    for (const value of ['', 'red;}*{display:none', '#12', 'url(x)', '#0f766e}']) {
      expect(accentOf(value, 'light').fill).toBe('#0f766e')
      expect(accentOf(value, 'dark').fill).toBe('#2dd4bf')
    }
  })
})
