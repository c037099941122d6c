import { findNumbers } from './numbers.ts'

const DAY_ORDINALS = new Map(
  `первого второго третьего четвертого пятого шестого седьмого восьмого девятого десятого одиннадцатого двенадцатого тринадцатого
   четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого девятнадцатого двадцатого`
    .split(/\s+/)
    .map((word, at) => [word, at + 1] as const)
    .concat(
      'первое второе третье четвертое пятое шестое седьмое восьмое девятое десятое'
        .split(' ')
        .map((word, at) => [word, at + 1] as const),
    )
    .concat([
      ['тридцатого', 30],
      ['двадцатое', 20],
      ['тридцатое', 30],
    ]),
)

/** Numbers and ordinals in words as digits, and where a place of the new text was in the given one. */
export function withDigits(text: string): { plain: string; placeOf: (at: number) => number } {
  const spoken = /\p{L}+/gu
  const changes: { start: number; end: number; digits: string }[] = []
  let tens: { start: number; value: number; end: number } | undefined
  for (const match of text.matchAll(spoken)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const ordinal = DAY_ORDINALS.get(match[0])
    if (ordinal !== undefined) {
      const from = tens !== undefined && tens.end + 1 === start && ordinal < 10 ? tens : undefined
      changes.push({ start: from?.start ?? start, end, digits: `${(from?.value ?? 0) + ordinal}-го` })
    }
    tens =
      match[0] === 'двадцать' || match[0] === 'тридцать'
        ? { start, end, value: match[0] === 'двадцать' ? 20 : 30 }
        : undefined
  }
  for (const { start, end, value } of findNumbers(text)) {
    const isWord = /\p{L}/u.test(text.slice(start, end))
    if (
      isWord &&
      value <= 366 &&
      Number.isInteger(value) &&
      !changes.some((one) => one.start < end && start < one.end)
    )
      changes.push({ start, end, digits: String(value) })
  }
  changes.sort((a, b) => a.start - b.start)
  let plain = ''
  let at = 0
  const places: number[] = []
  const copy = (piece: string, from: number, isKept: boolean) => {
    for (let n = 0; n < piece.length; n++) places.push(isKept ? from + n : from)
    plain += piece
  }
  for (const { start, end, digits } of changes) {
    copy(text.slice(at, start), at, true)
    copy(digits, start, false)
    at = end
  }
  copy(text.slice(at), at, true)
  return { plain, placeOf: (place) => places[place] ?? (place >= plain.length ? text.length : 0) }
}
