import type { Flow, Slot } from '../../../../contracts/flows.ts'
import { readMaterial } from '../../knowledge/index.ts'
import type { Advice, Question } from '../advice/advisor.ts'
import { type DialogState, type Input, type Meaning, sayValue } from '../engine/index.ts'
import type { PublishedFlow } from '../flows/flow-store.ts'
import type { AssistantRoom } from './room.ts'
import type { Talk } from './talk.ts'

/** Words of which the plain engine made nothing, with what a language model needs to propose something. Asked outside of transactions. */
export interface Puzzle {
  readonly seq: number
  readonly question: Omit<Question, 'articles'>
}

/** What came of asking: null where there is nothing to say. */
export interface Advised {
  readonly seq: number
  readonly advice: Advice | null
}

const ARTICLES = 3
/** Flows to which one comes by other ways, and at once. */
const NOT_PROPOSED: readonly string[] = ['main', 'person', 'emergency', 'thanks', 'specialist']

/** Kinds of values that may be found in the person's words for them; never a yes, nor anything secret. */
const FILLED: readonly Slot['type'][] = ['amount', 'date', 'phone', 'digits']

/** What to ask about an input; undefined: the plain engine knows what to do, or nobody else may be told. */
export function puzzleOf(
  { published }: Talk,
  flow: Flow,
  state: DialogState,
  seq: number,
  input: Input,
): Puzzle | undefined {
  if (input.kind !== 'said' || input.text === null || input.text === '' || state.phase !== 'said')
    return undefined
  if (input.chosen !== null || input.command !== null || input.meant !== null || input.value !== undefined)
    return undefined
  const { locale } = state
  const node = flow.nodes[state.node]
  const slot = node?.kind === 'ask' ? flow.slots[node.slot] : undefined
  const asked =
    node?.kind === 'ask' && slot && FILLED.includes(slot.type)
      ? { words: node.words[locale], kind: slot.type }
      : null
  const flows = published
    .filter(({ key }) => !NOT_PROPOSED.includes(key))
    .map(({ key, title }) => ({ key, title: sayValue(title, locale) }))
  return { seq, question: { locale, text: input.text, asked, flows } }
}

/** Asks the language model. Never throws for the model's sake. */
export async function seekAdvice(
  { db, advisor }: AssistantRoom,
  { seq, question }: Puzzle,
): Promise<Advised> {
  if (!advisor) return { seq, advice: null }
  const articles = await readMaterial(db, {
    q: question.text.slice(0, 300),
    locale: question.locale,
    limit: ARTICLES,
  })
  return { seq, advice: await advisor.advise({ ...question, articles }) }
}

/**
 * An input with what was proposed in it: a flow as half-understood words, so that the engine asks back before it goes there; a value as the
 * readers read it in the person's own words, to be judged like any other.
 */
export function withAdvice(
  input: Input,
  { reply, action }: Advice,
  { published, ears }: Talk,
  state: DialogState,
  slot: Slot | undefined,
  now: Date,
): Input {
  if (input.kind !== 'said') return input
  const value =
    action?.kind === 'fill' &&
    slot &&
    slot.type !== 'item' &&
    slot.type !== 'secret' &&
    slot.type !== 'yes-no'
      ? ears.read(slot.type, action.said, state.locale, now)
      : undefined
  const meant = action?.kind === 'flow' ? meaningOf(published.find(({ key }) => key === action.flow)) : null
  return {
    ...input,
    meant,
    ...(value !== undefined && { value }),
    ...(reply !== null && { answered: true as const }),
  }
}

function meaningOf(flow: PublishedFlow | undefined): Meaning | null {
  return flow
    ? { verdict: 'half', intent: flow.intents[0] ?? flow.key, flow: flow.key, title: flow.title }
    : null
}

/** An answer out of articles, with where it stands. */
export function sayReply(
  { reply }: Advice,
  state: DialogState,
  links: AssistantRoom['links'],
): string | undefined {
  if (reply === null) return undefined
  const from = state.locale === 'ru' ? 'Подробнее' : 'More'
  return `${reply.text}\n${from}: ${reply.sources.map(links.article).join(' ')}`
}
