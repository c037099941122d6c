import type { Capabilities } from '../../../../contracts/channels.ts'
import type { Button } from '../../../../contracts/entries.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { payloadOf } from './listen.ts'
import { PHRASES } from './phrases.ts'
import type { DialogState, Output } from './state.ts'

/** A message as a door carries it. */
export interface Rendered {
  readonly text: string
  readonly buttons: readonly Button[]
}

const TITLE_MAX = 80
/** Keys of a telephone that stand for choices; 0 calls a person. */
const KEYS = 9

/**
 * What was said at a step, for a chat: one message, its choices as buttons where the door carries as many, else numbered. The way to a
 * person stands among them, the last.
 */
export function renderChat(
  { turn, locale, phase }: DialogState,
  outputs: readonly Output[],
  { buttons }: Pick<Capabilities, 'buttons'>,
): Rendered | null {
  const text = outputs.map((output) => output.text).join('\n\n')
  if (text === '') return null
  const last = outputs.at(-1)
  if (phase === 'over' || phase === 'act' || !last) return { text, buttons: [] }
  const titles = [...last.choices.map(({ title }) => title), PHRASES.person[locale]]
  const made = titles.map((title, place) => ({ title: clip(title), payload: payloadOf(turn, place) }))
  if (
    buttons &&
    made.length <= buttons.max &&
    made.every(({ payload }) => payload.length <= buttons.payloadMaxBytes)
  )
    return { text, buttons: made }
  // Where nothing is chosen, a number would be taken for the answer.
  if (last.choices.length === 0) return { text, buttons: [] }
  return { text: [text, ...titles.map((title, place) => `${place + 1}. ${title}`)].join('\n'), buttons: [] }
}

const clip = (title: string): string =>
  title.length <= TITLE_MAX ? title : `${title.slice(0, TITLE_MAX - 1)}…`

/** A prompt and what the keys do while it is said. */
export interface Prompt {
  readonly say: string
  /** By key; the place of the choice, as a listener gives it. */
  readonly keys: Readonly<Record<string, number>>
  /** What is keyed in now must not be kept. */
  readonly secret: boolean
}

const VOICE = {
  choice: { ru: '{title} — нажмите {key}.', en: '{title}: press {key}.' },
  person: { ru: 'Чтобы позвать человека, нажмите 0.', en: 'For a person, press 0.' },
} as const

/** What was said at a step, for a telephone: its choices by keys. */
export function renderVoice({ locale, offered, phase }: DialogState, outputs: readonly Output[]): Prompt {
  const last = outputs.at(-1)
  const words = outputs.map(({ text }) => text)
  const choices = (last?.choices ?? []).slice(0, KEYS)
  const keyed = choices.map(({ title }, place) =>
    VOICE.choice[locale].replace('{title}', title).replace('{key}', String(place + 1)),
  )
  const listens = phase !== 'over' && phase !== 'act'
  const keys = Object.fromEntries(choices.map((_, place) => [String(place + 1), place]))
  return {
    say: [...words, ...keyed, ...(listens && keyed.length > 0 ? [VOICE.person[locale]] : [])].join(' '),
    keys: listens && keyed.length > 0 ? { ...keys, 0: offered.length } : {},
    secret: last?.secret ?? false,
  }
}

/** The language in which somebody is spoken to: theirs, else the house's. */
export const localeOf = (tag: string | null | undefined): Locale => (tag?.startsWith('en') ? 'en' : 'ru')
