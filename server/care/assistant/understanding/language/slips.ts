/** Whether one letter missing, added, replaced, or two neighbours exchanged make one word the other; equal words count too. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let endA = a.length
  let endB = b.length
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/тьс|тс|дс/g, 'ц'],
  [/[оа]/g, 'а'],
  [/[еиыэяй]/g, 'и'],
  [/ю/g, 'у'],
  [/б/g, 'п'],
  [/в/g, 'ф'],
  [/г/g, 'к'],
  [/д/g, 'т'],
  [/[жщч]/g, 'ш'],
  [/з/g, 'с'],
  [/[ьъ]/g, ''],
  [/(.)\1+/g, '$1'],
]

/** How a Russian word sounds: letters that are taken for one another when one writes by ear are one. */
export function soundOf(word: string): string {
  return ALIKE.reduce((sound, [letters, instead]) => sound.replace(letters, instead), word)
}
