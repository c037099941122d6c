/** How a message becomes words: folded, greeting off, ё as е. Keyboard and spelling are mended later, by what training knows. */

/** Letters in lower case, typographic variants of signs as the plain ones. Apostrophes stay: in the other layout they are letters. */
export const foldCase = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The words of a folded text: letters, digits, apostrophes inside; ё is е, a Latin letter in a Cyrillic word is the one that looks like it. */
export function wordsOf(folded: string): string[] {
  const words =
    folded
      .replace(/[’‘ʼ`]/g, "'")
      .replace(/ё/g, 'е')
      .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? []
  return words.map((word) =>
    /[а-я]/.test(word) && /[a-z]/.test(word) ? word.replace(/[a-z]/g, lookAlike) : word,
  )
}

const LOOK_ALIKES = new Map(
  [...'aeopcxykmtbh'].map((latin, at) => [latin, 'аеорсхукмтвн'[at] ?? latin] as const),
)
const lookAlike = (latin: string): string => LOOK_ALIKES.get(latin) ?? latin

const GREETING = new RegExp(
  `^(?:[\\s,.!?)(:;–—-]*(?:${[
    'здра?в?с?твуй(?:те)?',
    'здрас?ь?те',
    'здрасте',
    'добр(?:ый|ое|ой|ого|ейшего)\\s+(?:день|дня|денек|вечер|вечера|вечерочка|утро|утра|утречко|ночи|времени\\s+суток)',
    'доброго\\s+времени',
    'привет(?:ствую|ик)?',
    'алл?о',
    'хай',
    'салют',
    'приветики',
    'подскажите',
    'подскажи',
    'скажите',
    'скажи',
    'пожалуйста',
    'пожалуста',
    'пожалста',
    'пож',
    'плиз',
    'плз',
    'будьте\\s+добры',
    'уважаем(?:ые|ый|ая)',
    'девушка',
    'hello',
    'hi',
    'hey',
    'good\\s+(?:morning|afternoon|evening|day)',
  ].join('|')})(?!\\p{L}))+`,
  'u',
)
const LEAST_LEFT = 4

/** A folded text without the greeting before it; a message that is nothing but a greeting stays whole. */
export function withoutGreeting(folded: string): string {
  const rest = folded.replace(GREETING, ' ').trim()
  return rest.length < LEAST_LEFT ? folded : rest
}
