/** An amount as people type it, in kopecks: 150, 99,50, 1 200. Undefined: it is none, or nothing. */
export function kopecksOf(typed: string): number | undefined {
  const plain = typed.replace(/[\s\u00a0₽]/g, '').replace(',', '.')
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return undefined
  const kopecks = Math.round(Number(plain) * 100)
  return kopecks > 0 ? kopecks : undefined
}

/** The same the other way, for a field. */
export const roublesOf = (kopecks: number): string =>
  kopecks % 100 === 0 ? String(kopecks / 100) : (kopecks / 100).toFixed(2)
