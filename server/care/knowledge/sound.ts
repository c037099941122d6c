import { withoutYo } from './words.ts'

/** Letters that are taken for one another when one writes by ear: «мошиники», «падписка», «роуминк». */
const ALIKE: Readonly<Record<string, string>> = {
  a: 'аоao',
  i: 'еиыэяйeijy',
  u: 'уюuw',
  p: 'бпbp',
  f: 'вфvf',
  k: 'гкgkqc',
  h: 'хh',
  t: 'дтdt',
  x: 'жшщч',
  s: 'зсцszx',
  l: 'лl',
  m: 'мm',
  n: 'нn',
  r: 'рr',
  '': 'ъь',
}

const soundOfLetter = new Map(
  Object.entries(ALIKE).flatMap(([sound, letters]) => [...letters].map((letter) => [letter, sound] as const)),
)

/**
 * How words sound, written in plain Latin letters, a double one once: words that sound alike are one. Plain letters also because a
 * database whose locale is C makes trigrams of them alone.
 */
export function soundOf(text: string): string {
  return [...withoutYo(text.toLowerCase()).replace(/sh|ch/g, 'ш')]
    .map((sign) => soundOfLetter.get(sign) ?? (/\d/.test(sign) ? sign : ' '))
    .join('')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/ +/g, ' ')
    .trim()
}
