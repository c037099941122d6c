import { QUESTIONS, type QuestionName } from '../../../../contracts/flows.ts'
import type { LineRef, LineServices } from '../../../../contracts/lines.ts'
import { type Order, OrderRequest } from '../../../../contracts/orders.ts'
import { type By, requireMay } from '../../../operator/edge/index.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { blockLostSim, recogniseLines, requireSees } from '../../lines/index.ts'
import { confirmSmsCode, maskNumber, startSmsCode } from '../../subscribers/index.ts'
import type { Act, Result } from '../engine/index.ts'
import type { AssistantRoom } from './room.ts'
import { type Asker, findAsker } from './who-asks.ts'
import {
  factsOfCharges,
  factsOfLine,
  factsOfOptions,
  factsOfSubscriptions,
  factsOfTariffs,
} from './words-of-line.ts'
import { type LineTerms, sayConflicts, sayEffects } from './words-of-order.ts'

/** One thing that a dialog wants done. */
export interface Doing {
  readonly act: Act
  /** About which line; null: theirs, if they have one. */
  readonly lineId: string | null
  readonly contactPointId: string
  readonly freshUntil: Date | null
  /** Of what is ordered: a repeat does it once. */
  readonly orderId: string
  /** What was told in secret for it; undefined: nothing, or it is gone with a process that died. */
  readonly secret: string | undefined
}

/** What came of it, and what the dialog knows from then on of who talks. */
export interface Done {
  readonly result: Result
  readonly proved?: true
}

const says = (ru: string, en: string): Result => ({ outcome: 'refused', reason: { ru, en } })
const NO_LINE = says('не вижу у вас нашего номера.', 'I see no number of ours that is yours.')
const NOT_YOURS = says('это может только владелец номера.', 'only the owner of the number may.')
const CHANGED = says('условия только что изменились.', 'the conditions have just changed.')

/**
 * Does one thing, outside of the dialog's transactions: an order by its own id, so that a repeat after a crash does it once. Expected noes
 * come back as results; what is thrown is tried again.
 */
export async function performAct(room: AssistantRoom, doing: Doing): Promise<Done> {
  const { act } = doing
  switch (act.kind) {
    case 'send-code':
      return { result: await sendCode(room, doing, act.msisdn) }
    case 'confirm-code':
      return confirmCode(room, doing, act)
    case 'block-lost-sim':
      return { result: await blockLost(room, doing, act.msisdn) }
    case 'ask':
      return {
        result: await onLine(room, doing, QUESTIONS[act.question].trust, (at) =>
          answer(room, at, act.question),
        ),
      }
    case 'preview':
      return { result: await order(room, doing, act.request, (at, request) => preview(room, at, request)) }
    case 'place':
      return {
        result: await order(room, doing, act.request, (at, request) =>
          place(room, at, { id: doing.orderId, request, digest: act.digest }),
        ),
      }
  }
}

interface AtLine {
  readonly line: LineRef
  readonly asker: Asker
}

/** Settles who asks about which line; what is less than the trust that it wants comes back as a wish for proof. */
async function onLine(
  room: AssistantRoom,
  { contactPointId, freshUntil, lineId }: Doing,
  trust: number,
  work: (at: AtLine) => Promise<Result>,
): Promise<Result> {
  const asker = await findAsker(room.db, room, { contactPointId, freshUntil })
  if (asker.trust < trust) return { outcome: 'prove' }
  const lines = asker.lines.length > 0 ? asker.lines : await recognise(room, contactPointId)
  // Somebody signed in is known; whoever has no line of ours may still have one to show.
  if (lines.length === 0) return asker.trust >= 4 ? NO_LINE : { outcome: 'prove' }
  const [first, second] = lines
  const line = lineId === null ? (second ? undefined : first) : lines.find(({ id }) => id === lineId)
  if (!line) return lineId === null ? whichLine(lines) : NO_LINE
  return refusalsAsResults(() => work({ line, asker }))
}

/** A number that the channel or a code vouches for may be a line whose person was not met before. */
const recognise = ({ db, lines }: AssistantRoom, contactPointId: string): Promise<LineRef[]> =>
  recogniseLines(db, lines, { contactPointId, by: byAssistant(contactPointId) })

const whichLine = (lines: readonly LineRef[]): Result => ({
  outcome: 'which-line',
  lines: lines.map(({ id, msisdn, title }) => {
    const name = title === null ? maskNumber(msisdn) : `${title}, ${maskNumber(msisdn)}`
    return { item: id, title: { ru: name, en: name } }
  }),
})

async function refusalsAsResults(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    switch (error.code) {
      case 'fresh_code_required':
        return { outcome: 'prove' }
      case 'forbidden':
        return NOT_YOURS
      case 'not_found':
        return NO_LINE
      case 'conflict':
        return CHANGED
      case 'order_refused':
        return { outcome: 'refused', reason: sayConflicts([]) }
      case 'rate_limited':
      case 'unavailable':
      case 'database_unavailable':
        return { outcome: 'failed' }
      default:
        throw error
    }
  }
}

async function answer(room: AssistantRoom, { line }: AtLine, question: QuestionName): Promise<Result> {
  const { db, edge, clock } = room
  if (question === 'line') {
    const { value } = found(await edge.readLine(db, line.id), 'line')
    return {
      outcome: 'facts',
      facts: factsOfLine(value, line.role === 'trusted' ? 'balance' : 'all'),
      lists: {},
    }
  }
  if (question === 'charges') {
    requireSees(line.role, 'charges')
    const { timeZone } = found(await edge.readLine(db, line.id), 'line').value
    const month = new Intl.DateTimeFormat('sv', { year: 'numeric', month: '2-digit', timeZone }).format(
      clock.now(),
    )
    const summary = found(await edge.summariseCharges(db, line.id, month.slice(0, 7)), 'line')
    const { items } = await edge.listCharges(db, line.id, { limit: 10 })
    return { outcome: 'facts', facts: factsOfCharges(summary.value, items, timeZone), lists: {} }
  }
  requireSees(line.role, 'services')
  if (question === 'tariffs')
    return { outcome: 'facts', ...factsOfTariffs(found(await edge.compareTariffs(db, line.id), 'line')) }
  const { value } = found(await edge.readServices(db, line.id), 'line')
  if (question === 'subscriptions') return { outcome: 'facts', ...factsOfSubscriptions(value) }
  const { tariff } = found(await edge.readLine(db, line.id), 'line').value
  const { facts, lists } = factsOfOptions(value)
  return { outcome: 'facts', facts: { ...facts, tariff: tariff.terms.title }, lists }
}

/** The assistant acts for whoever it talks to: with their role on the line, as sure as it is of them. */
const byOf = ({ line, asker }: AtLine): By => ({
  kind: 'assistant',
  id: null,
  name: null,
  through: 'chat',
  trust: asker.trust,
  lineRole: line.role,
  contactPointId: asker.contactPointId,
  fresh: asker.fresh,
  roles: [],
})

/** Trust that lets an order be looked at; what it wants itself, the edge says. */
const LEAST_TRUST = 2

function order(
  room: AssistantRoom,
  doing: Doing,
  template: unknown,
  work: (at: AtLine, request: OrderRequest) => Promise<Result>,
): Promise<Result> {
  const request = OrderRequest.parse(template)
  return onLine(room, doing, LEAST_TRUST, (at) => {
    requireMay(byOf(at), request.kind)
    return work(at, request)
  })
}

async function preview({ db, edge }: AssistantRoom, at: AtLine, request: OrderRequest): Promise<Result> {
  const { timeZone } = found(await edge.readLine(db, at.line.id), 'line').value
  const { possible, effects, digest } = await edge.previewOrder(db, byOf(at), at.line.id, request)
  if (!possible) return { outcome: 'refused', reason: sayConflicts(effects) }
  const titles = effects.some(({ effect }) => effect === 'disconnects')
    ? titlesOf(found(await edge.readServices(db, at.line.id), 'line').value)
    : NO_TITLES
  return { outcome: 'preview', effects: sayEffects(request, effects, { timeZone, titles }), digest }
}

const NO_TITLES: LineTerms['titles'] = new Map()
const titlesOf = ({ options, content }: Pick<LineServices, 'options' | 'content'>): LineTerms['titles'] =>
  new Map([...options, ...content].map(({ offering: { terms } }) => [terms.code, terms.title]))

async function place(
  { db, edge }: AssistantRoom,
  at: AtLine,
  { id, request, digest }: { readonly id: string; readonly request: OrderRequest; readonly digest: string },
): Promise<Result> {
  const placed = await inTransaction(db, (tx) =>
    edge.placeOrder(tx, byOf(at), { id, lineId: at.line.id, request, digest }),
  )
  return resultOf(placed)
}

/** What waits to be undone, and what was given on and is not answered yet, is on its way. */
function resultOf({ state, effects }: Order): Result {
  if (state === 'refused' || state === 'undone' || state === 'declined')
    return { outcome: 'refused', reason: sayConflicts(effects) }
  return state === 'unknown' || state === 'approval' ? { outcome: 'failed' } : { outcome: 'done' }
}

// --- who it is

const byAssistant = (contactPointId: string) =>
  ({ kind: 'system', name: `assistant:${contactPointId}` }) as const

/** Whether a number is one of ours, nobody learns: a code that was not sent cannot be told right. */
async function sendCode(room: AssistantRoom, { contactPointId }: Doing, msisdn: string): Promise<Result> {
  const { db, edge, lines, clock } = room
  const line = await edge.findLineByMsisdn(db, msisdn)
  if (!line) return { outcome: 'code-sent', proofId: newId(clock) }
  try {
    const by = byAssistant(contactPointId)
    const { proofId } = await startSmsCode(db, lines.subscribers, { contactPointId, msisdn, by })
    return { outcome: 'code-sent', proofId }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rate_limited') return { outcome: 'code-over' }
    if (error instanceof Refusal && error.code === 'unavailable') return { outcome: 'failed' }
    throw error
  }
}

async function confirmCode(
  room: AssistantRoom,
  { contactPointId, secret }: Doing,
  { proofId, msisdn }: Extract<Act, { kind: 'confirm-code' }>,
): Promise<Done> {
  const { db, lines, edge } = room
  if (secret === undefined) return { result: { outcome: 'code-wrong' } }
  const by = byAssistant(contactPointId)
  try {
    await confirmSmsCode(db, lines.subscribers, {
      contactPointId,
      proofId,
      code: secret.replace(/\D/g, ''),
      by,
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = error.code === 'code_wrong' || error.code === 'not_found'
    return { result: { outcome: wrong ? 'code-wrong' : 'code-over' } }
  }
  const theirs = await recogniseLines(db, lines, { contactPointId, by })
  const line = await edge.findLineByMsisdn(db, msisdn)
  const lineId = theirs.some(({ id }) => id === line?.id) ? (line?.id ?? null) : null
  return { result: { outcome: 'proved', lineId }, proved: true }
}

/** Neither the answer nor its time says whether number and word were right. */
async function blockLost(
  room: AssistantRoom,
  { contactPointId, secret }: Doing,
  msisdn: string,
): Promise<Result> {
  if (secret === undefined) return { outcome: 'failed' }
  return refusalsAsResults(async () => {
    await blockLostSim(room.db, room.lines, { msisdn, codeWord: secret, origin: contactPointId })
    return { outcome: 'done' }
  })
}
