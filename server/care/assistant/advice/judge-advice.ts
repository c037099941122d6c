import { z } from 'zod'
import type { Advice, Question } from './advisor.ts'

/** The form that a model is asked for. `action` stands apart from `reply`: words never do anything. */
const Answer = z.object({
  reply: z.string().nullish(),
  sources: z.array(z.string()).nullish(),
  action: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('flow'), flow: z.string() }),
      z.object({ kind: z.literal('fill'), value: z.string().max(200) }),
    ])
    .nullish()
    // Anything else that it wants done is not in the list.
    .catch(null),
})

const REPLY_MAX = 900
const ADDRESS =
  /\b(?:https?:\/\/|www\.)\S+|\b[\p{L}\d-]+\.(?:ru|рф|com|net|org|info|me|link|site|online|top|xyz)\b\S*/giu
const MANY_DIGITS = /\+?\d(?:[\s\u00a0()-]{0,2}\d){9,}/g

/**
 * What a model's answer comes to: null where it is none. An answer in words counts only with a source among the articles that it was given,
 * and never brings addresses or numbers to call that are not theirs; a proposal counts only if it is in the list.
 */
export function judgeAdvice(text: string, question: Question): Advice | null {
  const answer = Answer.safeParse(jsonIn(text)).data
  if (!answer) return null
  const given = new Map(question.articles.map((one) => [one.key, one]))
  const sources = [...new Set(answer.sources ?? [])].filter((key) => given.has(key))
  const from = sources.map((key) => given.get(key)?.body ?? '').join(' ')
  const words = clean(answer.reply ?? '', from)
  const reply = words !== '' && sources.length > 0 ? { text: words, sources } : null
  const action = actionOf(answer.action ?? null, question)
  return reply || action ? { reply, action } : null
}

function actionOf(
  action: z.output<typeof Answer>['action'] | null,
  { asked, flows, text }: Question,
): Advice['action'] {
  if (action?.kind === 'flow')
    return flows.some(({ key }) => key === action.flow) ? { kind: 'flow', flow: action.flow } : null
  // A value must be theirs: a model that reads orders somewhere else has nothing to put in.
  if (action?.kind === 'fill' && asked && action.value.trim() !== '' && holds(text, action.value))
    return { kind: 'fill', said: action.value }
  return null
}

const plainOf = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
const holds = (text: string, value: string): boolean => plainOf(text).includes(plainOf(value))

function clean(reply: string, sources: string): string {
  const kept = (found: string) => (sources.includes(found) ? found : '')
  return reply
    .replace(ADDRESS, kept)
    .replace(MANY_DIGITS, kept)
    .replace(/[ \t]+/g, ' ')
    .trim()
    .slice(0, REPLY_MAX)
}

/** Models like to put words or a fence around what they were asked for. */
function jsonIn(text: string): unknown {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')]
  if (from < 0 || to < from) return undefined
  try {
    return JSON.parse(text.slice(from, to + 1))
  } catch {
    return undefined
  }
}
