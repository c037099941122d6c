const NBSP = '\u00a0'
const HYPHEN = '\u2011'

/** A Russian number as people read it: +7 900 123-45-67, unbreakable. Masked digits (* or •) keep their places; else as it came. */
export function formatPhone(value: string): string {
  const signs = value.replace(/[^\d*•]/g, '').replace(/\*/g, '•')
  const national = signs.length === 11 && /^[78]/.test(signs) ? signs.slice(1) : null
  const looksLikePhone = /^\+?[\d\s()*•\u2011-]+$/.test(value)
  if (!national || !looksLikePhone) return value
  const [area, first, second, third] = [
    national.slice(0, 3),
    national.slice(3, 6),
    national.slice(6, 8),
    national.slice(8),
  ]
  return `+7${NBSP}${area}${NBSP}${first}${HYPHEN}${second}${HYPHEN}${third}`
}
