import { asRussianKeys } from '../language/keyboard.ts'
import { foldCase, wordsOf } from '../language/read-text.ts'
import { isOneSlip } from '../language/slips.ts'
import { matchNames } from './names.ts'
import { cardinalOf } from './numbers.ts'

/** A word of these is an answer by itself, whatever is said with it. */
const YES = new Set(
  `да ага угу да-да давай давайте конечно разумеется естественно безусловно верно точно именно согласен согласна
   подтверждаю подтверди подтвердить подключай подключайте подключите ок окей океюшки окей оки хорошо ладно добро
   идет пойдет годится валяй поехали ес йес плюс + дада агась аха сойдет
   заработал заработала заработало работает помогло помог получилось
   yes yeah yep yup ya sure ok okay okey confirm confirmed correct right exactly absolutely y
   definitely certainly affirmative fine agreed alright works worked helped`
    .split(/\s+/)
    .filter(Boolean),
)
/** These are one only alone: «можно», but not «можно подробнее». */
const WEAK_YES = new Set('можно нужно надо хочу хотел хотела хотим правильно please именно так'.split(' '))
/** Say nothing for or against. */
const FILLERS = new Set('ну очень мне я мы бы это все всё же пожалуйста спасибо'.split(' '))
/** What may stand beside a yes without taking it back, putting it off or asking something. */
const BESIDE_YES = new Set(
  `и уже вот тут там нам себе её ее его их эту этот эти тебя вас прошу будьте будь добры добр любезны скорее быстрее просто
   опцию услугу подписку подписки тариф пакет номер платеж платёж настройки код сумму благодарю теперь сейчас меня
   it it's that that's this i i'm i'd me my to the a you thanks thank do go ahead want would like for with let's lets sounds good
   great perfect very much option subscription tariff plan package number now just all so`
    .split(/\s+/)
    .filter(Boolean),
)
/** «да, подключайте»: what they are asked, said over again. */
const SAYS_OVER =
  /^(?:(?:под|от|в|вы)ключ(?:и|ите|ай|айте|ить|аем|им)|оформ(?:и|ите|ляй|ляйте|ить)|(?:с)?делай(?:те)?|сделать|действуй(?:те)?|(?:за)?блокируй(?:те)?|заблокировать|запрет(?:и|ите|ить)|запрещай(?:те)?|отправ(?:ь|ьте|ляй|ляйте|ить)|пришли(?:те)?|присылай(?:те)?|переведи(?:те)?|перевести|смени(?:те)?|сменить|меняй(?:те)?|купи(?:те)?|покупай(?:те)?|купить|перезвони(?:те)?|подтверждаем|connect|activate|switch|turn|on|off|proceed|continue|send|block|change|buy)$/u
/** The same, drawn out: «дааа», «дадада», "yesss", "okkk". */
const DRAWN_OUT = /^(?:(?:да+){1,6}|ага+|y(?:e+s+|e+a+h+)|o+k+)$/u
const NO = new Set(
  `нет не неа нее нетт ноу нельзя отмена отмени отменить отмените отказываюсь откажусь отказ против хватит стоп никогда нафиг незачем
   ненадо ненужно неверно неправильно передумал передумала минус нит нетушки
   no nope nah not cancel stop never dont don't doesn't doesnt didn't negative wrong incorrect n neither`
    .split(/\s+/)
    .filter(Boolean),
)
/** Read as a yes, whatever they deny: they stand for one word, and what comes with them counts as with any. */
const YES_PHRASES =
  /(?<!\p{L})(?:почему (?:бы )?(?:и )?нет|не против|не возражаю|why not|no problem|no objections?|don'?t mind|да не вопрос|не вопрос|все так|так точно|that is (?:right|correct)|вроде (?:бы )?(?:за)?работа(?:ет|л[аои]?)|go ahead|please do(?! not)|do it|of course(?! not))(?!\p{L})/gu
const NO_PHRASES =
  /(?<!\p{L})(?:да нет(?: наверное)?|да ну|да не(?! вопрос)|конечно нет|нет конечно|точно нет|(?:пока|лучше) не|не (?:надо|нужно|хочу|буду|согласен|согласна|подтверждаю|подключай\p{L}*|стоит|сейчас|хотел\p{L}*|так|верно|то)|ни за что|ни в коем случае|не-?а|of course not|ага щас|щас прям|not (?:now|really|sure)|do not|rather not|no way)(?!\p{L})/u
const UNSURE =
  /(?<!\p{L})(?:не знаю|не уверен\p{L}*|не понима\p{L}+|не понял\p{L}*|не расслышал\p{L}*|может быть|наверное|да ладно|возможно|подумаю|don'?t (?:know|understand)|not sure|maybe|perhaps)(?!\p{L})/u
const MOST_WORDS = 12

/**
 * Whether an answer says yes or no, colloquial forms, slips and the other keyboard layout included: «ага», «давайте», «да нет», «неа», «почему бы и
 * нет», «lf», "nope". Null when it says neither, cannot decide, or says both: a yes moves money, so that it must be one and nothing else.
 */
export function readYesNo(text: string): 'yes' | 'no' | null {
  const folded = foldCase(text).replace(/ё/g, 'е').trim()
  if (/^(?:[-–—]$|👎|❌)/u.test(folded)) return 'no'
  const nodded = folded.replace(NOD, '')
  if (nodded === '' && folded !== '') return 'yes'
  // A nod with words is as good as the words: «👍 не надо» is none, nor is a number that begins with a plus.
  return readPlain(nodded) ?? (/\p{Script=Cyrillic}/u.test(nodded) ? null : readPlain(asRussianKeys(nodded)))
}

const NOD = /^(?:[+👍✅👌]\p{Emoji_Modifier}?\uFE0F?\s*)+/u

function readPlain(folded: string): 'yes' | 'no' | null {
  const plain = folded.replace(YES_PHRASES, ' да ')
  const words = wordsOf(plain)
  if (words.length === 0 || words.length > MOST_WORDS || UNSURE.test(plain)) return null
  if (NO_PHRASES.test(plain)) return 'no'
  const sides = words.map((word) => sideOf(word))
  const said = sides.filter((side) => side !== null)
  // The first word that takes a side is the answer: «нет, всё верно» answers no; what follows explains.
  if (said[0] === 'no') return 'no'
  if (plain.endsWith('?')) return null
  if (said[0] === undefined) return isWeakYes(words) ? 'yes' : null
  // After a yes nothing may follow that is not known to leave it one: «да сколько можно», «давай потом», "ok, how much".
  return words.every((word, at) => sides[at] === 'yes' || isBesideYes(word)) ? 'yes' : null
}

const isBesideYes = (word: string): boolean =>
  WEAK_YES.has(word) || FILLERS.has(word) || BESIDE_YES.has(word) || SAYS_OVER.test(word)

const isWeakYes = (words: readonly string[]): boolean =>
  words.some((word) => WEAK_YES.has(word)) && words.every((word) => WEAK_YES.has(word) || FILLERS.has(word))

function sideOf(word: string): 'yes' | 'no' | null {
  if (YES.has(word) || DRAWN_OUT.test(word)) return 'yes'
  if (NO.has(word)) return 'no'
  if (word.length < 5) return null
  // Short words lie too near to others: «вечно» is no «верно», «помоги» no «помог».
  if (word.length >= 6) for (const known of YES) if (known.length >= 6 && isOneSlip(word, known)) return 'yes'
  for (const known of NO) if (known.length >= 5 && isOneSlip(word, known)) return 'no'
  return null
}

const ORDINALS: readonly RegExp[] = [
  /^(?:перв(?:ый|ая|ое|ые|ого|ой|ую|ом)|first|1st|1[-]?(?:й|я|е|ый|ая|ое|ую))$/u,
  /^(?:втор(?:ой|ая|ое|ые|ого|ую|ом)|second|2nd|2[-]?(?:й|я|е|ой|ая|ое|ую))$/u,
  /^(?:трет(?:ий|ья|ье|ьи|ьего|ьей|ью|ьем)|third|3rd|3[-]?(?:й|я|е|ий|ья|ье|ью))$/u,
  /^(?:четверт(?:ый|ая|ое|ого|ой|ую|ом)|fourth|4th)$/u,
  /^(?:пят(?:ый|ая|ое|ого|ой|ую|ом)|fifth|5th)$/u,
  /^(?:шест(?:ой|ая|ое|ого|ую|ом)|sixth|6th)$/u,
  /^(?:седьм(?:ой|ая|ое|ого|ую|ом)|seventh|7th)$/u,
  /^(?:восьм(?:ой|ая|ое|ого|ую|ом)|eighth|8th)$/u,
  /^(?:девят(?:ый|ая|ое|ого|ой|ую|ом)|ninth|9th)$/u,
  /^(?:десят(?:ый|ая|ое|ого|ой|ую|ом)|tenth|10th)$/u,
]
const LAST = /^(?:последн(?:ий|яя|ее|ие|его|ей|юю|ем)|last)$/u
const BEFORE_LAST = /^(?:предпоследн(?:ий|яя|ее|его|ей|юю|ем)|penultimate)$/u

/**
 * Which of the offered answers somebody chose, counted from 0: by number («2», «два», «вариант 3»), by place («второе», «последний», "the last one")
 * or by name, forgiving endings and slips. Null when none or more than one fits.
 */
export function readChoice(text: string, options: readonly string[]): number | null {
  const folded = foldCase(text).replace(/ё/g, 'е')
  const byName = matchNames(folded, options)
  const [best, second] = byName
  if (best?.score === 1 && second?.score !== 1) return best.index
  const places = placesIn(wordsOf(folded.replace(/(\d)-(?=\p{L})/gu, '$1')), options.length)
  if (places.size > 1) return null
  for (const place of places) return place >= 0 && place < options.length ? place : null
  if (best === undefined || best.score < SURE_NAME) return null
  return second !== undefined && second.score > best.score - CLEAR_LEAD ? null : best.index
}

/** The places that words name, from 0; ordinals before numbers. */
function placesIn(words: readonly string[], count: number): ReadonlySet<number> {
  const ordinals = words.map((word) => ordinalOf(word, count)).filter((place) => place !== undefined)
  if (ordinals.length > 0) return new Set(ordinals)
  const numbers = words.map((word) => (/^\d{1,2}$/.test(word) ? Number(word) : cardinalOf(word)))
  return new Set(numbers.filter((number) => number !== undefined).map((number) => number - 1))
}

function ordinalOf(word: string, count: number): number | undefined {
  const ordinal = ORDINALS.findIndex((pattern) => pattern.test(word))
  if (ordinal >= 0) return ordinal
  if (LAST.test(word)) return count - 1
  return BEFORE_LAST.test(word) ? count - 2 : undefined
}

const SURE_NAME = 0.5
const CLEAR_LEAD = 0.1
