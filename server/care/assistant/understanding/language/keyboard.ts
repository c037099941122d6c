const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё'
const SHIFTED_LATIN = '{}:"<>~'
const SHIFTED_RUSSIAN = 'хъжэбюё'

const keys = (from: string, to: string) => [...from].map((sign, at) => [sign, to[at] ?? sign] as const)
const toRussian = new Map([...keys(LATIN, RUSSIAN), ...keys(SHIFTED_LATIN, SHIFTED_RUSSIAN)])
const toLatin = new Map(keys(RUSSIAN, LATIN))

/** What the same keys give in the Russian layout: «ghbdtn» → «привет»; signs on letter keys are letters there. */
export const asRussianKeys = (folded: string): string =>
  [...folded].map((sign) => toRussian.get(sign) ?? sign).join('')

/** What the same keys give in the Latin layout: «руддщ» → «hello». */
export const asLatinKeys = (folded: string): string =>
  [...folded].map((sign) => toLatin.get(sign) ?? sign).join('')
