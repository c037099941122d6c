/** Word stems by the Snowball algorithms, Russian and English: endings off, so that forms of one word meet. */

const MOST_KEPT = 20_000
const kept = new Map<string, string>()

/** The stem of a lower-case word without ё; a word with a Cyrillic letter is Russian, any other English. */
export function stemOf(word: string): string {
  const known = kept.get(word)
  if (known !== undefined) return known
  const stem = /[а-я]/.test(word) ? russianStem(word) : englishStem(word)
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(word, stem)
  return stem
}

const PERFECTIVE = /(?:(?<=[ая])(?:вшись|вши|в)|(?:ившись|ывшись|ивши|ывши|ив|ыв))$/
const REFLEXIVE = /с[яь]$/
const ADJECTIVE = /(?:ими|ыми|его|ого|ему|ому|ее|ие|ые|ое|ей|ий|ый|ой|ем|им|ым|ом|их|ых|ую|юю|ая|яя|ою|ею)$/
const PARTICIPLE = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|(?:ивш|ывш|ующ))$/
const VERB =
  /(?:(?<=[ая])(?:ешь|нно|ете|йте|ла|на|ли|ем|ло|но|ет|ют|ны|ть|й|л|н)|(?:уйте|ейте|ила|ыла|ена|ите|или|ыли|ило|ыло|ено|ует|уют|ены|ить|ыть|ишь|ей|уй|ил|ыл|им|ым|ен|ят|ит|ыт|ую|ю))$/
const NOUN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/
// Only after two syllables: «скорость» keeps its ending.
const NOUN_OF_QUALITY = /^[^аеиоуыэюя]*[аеиоуыэюя]+[^аеиоуыэюя]+[аеиоуыэюя]+[^аеиоуыэюя].*ость?$/

function russianStem(word: string): string {
  const vowel = /[аеиоуыэюя]/.exec(word)
  if (vowel === null) return word
  const head = word.slice(0, vowel.index + 1)
  let rest = word.slice(vowel.index + 1)
  const without = (ending: RegExp): boolean => {
    const shorter = rest.replace(ending, '')
    const changed = shorter !== rest
    rest = shorter
    return changed
  }
  if (!without(PERFECTIVE)) {
    without(REFLEXIVE)
    if (without(ADJECTIVE)) without(PARTICIPLE)
    else if (!without(VERB)) without(NOUN)
  }
  without(/и$/)
  if (NOUN_OF_QUALITY.test(head + rest)) without(/ость?$/)
  if (!without(/(?<=н)н$/)) {
    if (without(/ейше?$/)) without(/(?<=н)н$/)
    else without(/ь$/)
  }
  return head + rest
}

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['skis', 'ski'],
  ['skies', 'sky'],
  ['dying', 'die'],
  ['lying', 'lie'],
  ['tying', 'tie'],
  ['idly', 'idl'],
  ['gently', 'gentl'],
  ['ugly', 'ugli'],
  ['early', 'earli'],
  ['only', 'onli'],
  ['singly', 'singl'],
  ...[
    'sky',
    'news',
    'howe',
    'atlas',
    'cosmos',
    'bias',
    'andes',
    'inning',
    'outing',
    'herring',
    'earring',
  ].map((word) => [word, word] as const),
  ...['proceed', 'exceed', 'succeed'].map((word) => [word, word] as const),
])
const STEP_2: readonly (readonly [RegExp, string])[] = [
  [/(?:ization|izer)$/, 'ize'],
  [/(?:ational|ation|ator)$/, 'ate'],
  [/(?:fulness|fulli)$/, 'ful'],
  [/(?:ousness|ousli)$/, 'ous'],
  [/(?:iveness|iviti)$/, 'ive'],
  [/tional$/, 'tion'],
  [/(?:biliti|bli)$/, 'ble'],
  [/(?:entli)$/, 'ent'],
  [/(?:alism|aliti|alli)$/, 'al'],
  [/enci$/, 'ence'],
  [/anci$/, 'ance'],
  [/abli$/, 'able'],
  [/lessli$/, 'less'],
  [/(?<=l)ogi$/, 'og'],
  [/(?<=[cdeghkmnrt])li$/, ''],
]
const STEP_3: readonly (readonly [RegExp, string])[] = [
  [/ational$/, 'ate'],
  [/tional$/, 'tion'],
  [/alize$/, 'al'],
  [/(?:icate|iciti|ical)$/, 'ic'],
  [/(?:ful|ness)$/, ''],
]
const STEP_4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|(?<=[st])ion)$/
const VOWEL = /[aeiouy]/
const SHORT_END = /(?:^[aeiouy][^aeiouy]|[^aeiouy][aeiouy][^aeiouywxY])$/

function englishStem(given: string): string {
  const exception = EXCEPTIONS.get(given)
  if (exception !== undefined || given.length < 3) return exception ?? given
  let word = given.replace(/^'|'s?'?$/g, '').replace(/^y|(?<=[aeiouy])y/g, 'Y')
  const r1 = /^(?:gener|commun|arsen)/.exec(word)?.[0].length ?? regionAfter(word, 0)
  const r2 = regionAfter(word, r1)
  const endsIn = (ending: RegExp, from: number) => {
    const match = ending.exec(word)
    return match !== null && match.index >= from
  }
  word = pluralOff(word)
  word = pastOff(word, r1)
  word = word.replace(/(?<=.[^aeiouy])[yY]$/, 'i')
  word = firstOf(STEP_2, word, r1)
  const before = word
  word = firstOf(STEP_3, word, r1)
  if (before === word && endsIn(/ative$/, r2)) word = word.slice(0, -5)
  const step4 = STEP_4.exec(word)
  if (step4 !== null && step4.index >= r2) word = word.slice(0, step4.index)
  const last = word.length - 1
  if (word.endsWith('e') && (last >= r2 || (last >= r1 && !SHORT_END.test(word.slice(0, -1)))))
    word = word.slice(0, -1)
  else if (word.endsWith('ll') && last >= r2) word = word.slice(0, -1)
  return word.toLowerCase()
}

/** Where the region after the first consonant that follows a vowel begins, at or after a place. */
function regionAfter(word: string, from: number): number {
  const match = /[aeiouy][^aeiouy]/.exec(word.slice(from))
  return match === null ? word.length : from + match.index + 2
}

function pluralOff(word: string): string {
  if (word.endsWith('sses')) return word.slice(0, -2)
  if (/ie[ds]$/.test(word)) return word.length > 4 ? word.slice(0, -2) : word.slice(0, -1)
  if (/(?:us|ss)$/.test(word)) return word
  return /[aeiouy].+s$/.test(word) ? word.slice(0, -1) : word
}

function pastOff(word: string, r1: number): string {
  const eed = /eed(?:ly)?$/.exec(word)
  if (eed !== null) return eed.index >= r1 ? `${word.slice(0, eed.index)}ee` : word
  const ending = /(?:ed|ing)(?:ly)?$/.exec(word)
  if (ending === null || !VOWEL.test(word.slice(0, ending.index))) return word
  const short = word.slice(0, ending.index)
  if (/(?:at|bl|iz)$/.test(short)) return `${short}e`
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(short)) return short.slice(0, -1)
  return r1 >= short.length && SHORT_END.test(short) ? `${short}e` : short
}

function firstOf(steps: readonly (readonly [RegExp, string])[], word: string, from: number): string {
  for (const [ending, instead] of steps) {
    const match = ending.exec(word)
    if (match !== null) return match.index >= from ? word.slice(0, match.index) + instead : word
  }
  return word
}
