import type { Flow, Slot } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { commandIn } from './commands.ts'
import type { DialogState, Input, Meaning } from './state.ts'
import type { Value } from './words.ts'

/** Words as they came. */
export interface Heard {
  readonly text: string
  /** What a button sent along: see `payloadOf`. */
  readonly choice: string | null
}

/** What listening needs of whoever understands free text. */
export interface Ears {
  /** The flow that free words mean, if they surely or perhaps mean one. */
  meaning(text: string, locale: Locale): Meaning | null
  read(
    kind: Exclude<Slot['type'], 'item' | 'secret'>,
    text: string,
    locale: Locale,
    now: Date,
  ): Value | undefined
  /** Which of the titles is chosen in free words, from 0; null: none of them, or more than one. */
  choose(text: string, titles: readonly string[]): number | null
}

const CODE_DIGITS = 6

/** What a button sends: of which step it is, and which of its choices. */
export const payloadOf = (turn: number, place: number): string => `a${turn}.${place}`

/**
 * Reads words for the moment that a dialog is at, so that a step needs nothing but what stands in its input. A secret is heard, and not
 * kept: only that it was said.
 */
export function listen(flow: Flow, state: DialogState, heard: Heard, ears: Ears, now: Date): Input {
  const text = heard.text.trim()
  const secret = isSecret(flow, state)
  const exact = chosenOf(state, heard)
  const command = exact === null ? commandIn(isSumAsked(flow, state) ? text.replace(/\d+/g, '') : text) : null
  const meaning = () => ears.meaning(text, state.locale)
  const named = exact === null && command === null ? namedIn(flow, state, text, ears, meaning) : null
  const chosen = exact ?? named
  const read =
    chosen === null && command !== 'emergency' ? readValue(flow, state, text, ears, now) : undefined
  const wish = read === false ? wishBesideNo(state, text, ears) : null
  const value = wish ? undefined : read
  const called = command ?? calledBeside(value, meaning)
  const isAnswer =
    chosen !== null || value !== undefined || command !== null || (secret && !isNoCode(state, text))
  return {
    kind: 'said',
    text: secret ? null : text,
    chosen,
    command: called === 'person' && isStory(flow, state, text) ? null : called,
    meant: isAnswer ? null : withTold(wish ?? surely(meaning(), secret), text, ears, state, now),
    ...(value !== undefined && { value }),
  }
}

/** A whole text that is asked for may well speak of people. */
const isStory = (flow: Flow, state: DialogState, text: string): boolean =>
  expectedSlot(flow, state)?.type === 'text' && text.length > 40

/** Somebody called in words that no list of commands has, beside an answer: «нет, оператора». */
function calledBeside(
  value: Value | undefined,
  meaning: () => Meaning | null,
): 'person' | 'emergency' | null {
  const meant = value === undefined || value === true ? null : meaning()
  if (meant?.verdict !== 'sure') return null
  return meant.flow === 'person' || meant.flow === 'emergency' ? meant.flow : null
}

/** Words where a code is waited for, such as «не приходит код»: nothing to keep secret, so that they may mean something. */
const isNoCode = ({ phase }: DialogState, text: string): boolean => phase === 'code' && !/\d/.test(text)

/** Where a code is waited for nobody is asked whether they mean something else: it would be waited for no more. */
const surely = (meant: Meaning | null, secret: boolean): Meaning | null =>
  secret && meant?.verdict !== 'sure' ? null : meant

const NO_AND =
  /^(?:(?:нет|неа|no|nope)[\s,.!;:–—-]+|(?:не надо|не нужно|не)[,.!;:–—]\s*)(?:а\s|but\s)?(.{6,})$/isu
const DENIES = /(?<!\p{L})(?:не|ни|нет|no|not|don'?t)(?!\p{L})/iu

/**
 * What somebody wants who says a no with it. Asked whether they mean this, «интернет не работает» is no mere no: it says what they mean. Asked to
 * confirm, «нет, отключите подписки» wants another thing; «нет, не надо роуминга» does not.
 */
function wishBesideNo(state: DialogState, text: string, ears: Ears): Meaning | null {
  const { phase, locale, flow } = state
  const [, rest = ''] = NO_AND.exec(text) ?? []
  const said = phase === 'doubt' ? text : phase === 'confirm' && !DENIES.test(rest) ? rest : ''
  const meant = said === '' ? null : ears.meaning(said, locale)
  if (meant?.verdict !== 'sure') return null
  return phase === 'doubt' || (meant.flow !== flow && !WAYS_OUT.includes(meant.flow)) ? meant : null
}

/** Where one comes by saying goodbye or hello. */
const WAYS_OUT: readonly string[] = ['main', 'thanks']

const TOLD = ['amount', 'date', 'phone'] as const

/** What they want, with what they told of it in the same breath: «перезвоните завтра на 8 900 000-09-09». */
function withTold(
  meant: Meaning | null,
  text: string,
  ears: Ears,
  { locale }: DialogState,
  now: Date,
): Meaning | null {
  if (meant === null) return null
  const told = Object.fromEntries(
    TOLD.flatMap((kind) => {
      const value = ears.read(kind, text, locale, now)
      return value === undefined ? [] : [[kind, value]]
    }),
  )
  return Object.keys(told).length === 0 ? meant : { ...meant, told }
}

/** Must what is said now be kept out of everything? */
export function isSecret(flow: Flow, state: DialogState): boolean {
  return state.phase === 'code' || expectedSlot(flow, state)?.type === 'secret'
}

/** «112» is an answer then, as any number is. */
function isSumAsked(flow: Flow, state: DialogState): boolean {
  const type = expectedSlot(flow, state)?.type
  return type === 'amount' || type === 'digits'
}

function expectedSlot(flow: Flow, { phase, node }: DialogState): Slot | undefined {
  const at = phase === 'said' ? flow.nodes[node] : undefined
  return at?.kind === 'ask' ? flow.slots[at.slot] : undefined
}

function chosenOf({ turn, offered, phase }: DialogState, { text, choice }: Heard): number | null {
  if (phase === 'act' || phase === 'begin' || phase === 'over') return null
  const [, ofTurn, place] = /^a(\d+)\.(\d+)$/.exec(choice ?? '') ?? []
  if (place !== undefined && Number(ofTurn) === turn && Number(place) <= offered.length) return Number(place)
  if (offered.length === 0) return null
  const said = plainOf(text)
  const byNumber = /^\d{1,2}$/.test(said) ? Number(said) - 1 : -1
  if (byNumber >= 0 && byNumber <= offered.length) return byNumber
  const byTitle = offered.findIndex(({ title }) => plainOf(title.ru) === said || plainOf(title.en) === said)
  return byTitle >= 0 ? byTitle : null
}

/** Whoever says more is telling something. */
const MOST_CHOOSING_WORDS = 8
/** Asks about a choice, or says which one not: no choice. */
const CHOOSES_NOT = /\?\s*$|(?<!\p{L})(?:не|ни|нет|кроме|not|don'?t|except|but)(?!\p{L})/iu

/**
 * What is offered and was named in other words than on its button: «гороскоп отключите», «второй». Where a list is chosen from, names come first;
 * at a menu what is surely meant does: «где мои деньги» is no choice of «Деньги».
 */
function namedIn(
  flow: Flow,
  state: DialogState,
  text: string,
  ears: Ears,
  meaning: () => Meaning | null,
): number | null {
  const { phase, node, offered, locale } = state
  const at = flow.nodes[node]
  const isList = phase === 'line' || expectedSlot(flow, state)?.type === 'item'
  const isMenu = phase === 'said' && at?.kind === 'menu'
  if (offered.length === 0 || !(isList || isMenu)) return null
  if (CHOOSES_NOT.test(text) || plainOf(text).split(' ').length > MOST_CHOOSING_WORDS) return null
  if (isMenu && meaning()?.verdict === 'sure') return null
  return ears.choose(
    text,
    offered.map(({ title }) => title[locale]),
  )
}

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()

function readValue(flow: Flow, state: DialogState, text: string, ears: Ears, now: Date): Value | undefined {
  const read = (kind: Parameters<Ears['read']>[0]) => ears.read(kind, text, state.locale, now)
  switch (state.phase) {
    case 'confirm':
      return ears.read('yes-no', withoutTitles(text, state), state.locale, now)
    case 'doubt':
      return read('yes-no')
    case 'number':
      return read('phone') ?? (read('yes-no') === false ? false : undefined)
    case 'code':
      return text.replace(/\D/g, '').length === CODE_DIGITS ? true : undefined
    case 'said': {
      const slot = expectedSlot(flow, state)
      if (!slot || slot.type === 'item') return undefined
      if (slot.type !== 'secret') return read(slot.type)
      return text !== '' && text.length <= slot.maxLength ? true : undefined
    }
    default:
      return undefined
  }
}

const LEAST_STEM = 4

/** «да, отключите гороскоп» where the horoscope is asked about: a name said over again adds nothing to the answer. */
function withoutTitles(text: string, { slots }: DialogState): string {
  const stems = Object.values(slots).flatMap((value) =>
    typeof value === 'object' && 'item' in value
      ? plainOf(`${value.title.ru} ${value.title.en}`)
          .split(' ')
          .filter((word) => word.length >= LEAST_STEM)
      : [],
  )
  if (stems.length === 0) return text
  const isNamed = (word: string) =>
    stems.some((stem) => plainOf(word).startsWith(stem.slice(0, Math.max(LEAST_STEM, stem.length - 2))))
  return text.replace(/\p{L}+/gu, (word) => (isNamed(word) ? '' : word))
}
