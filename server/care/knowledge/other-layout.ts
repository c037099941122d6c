const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбюё'

const toOther = new Map<string, string>(
  [...LATIN].flatMap((latin, at) => {
    const russian = RUSSIAN[at] ?? latin
    return [
      [latin, russian],
      [russian, latin],
    ]
  }),
)

/**
 * What would have been typed in the other keyboard layout: «ghbdtn» → «привет», «ышь» → «sim». Signs that stand on letter keys of the
 * other layout are letters here.
 */
export const inOtherLayout = (text: string): string =>
  [...text.toLowerCase()].map((sign) => toOther.get(sign) ?? sign).join('')
