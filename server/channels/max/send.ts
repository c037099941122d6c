import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type {
  ChannelAccountRow,
  OutgoingFile,
  OutgoingMessage,
  SendResult,
} from '../../care/timeline/index.ts'
import { createPaces, type Pace } from '../../platform/pace.ts'
import { callMax, MaxRefused } from './api.ts'
import { type MaxDeps, USUAL_TIMING } from './deps.ts'
import { NOT_READY, outcomeOf, RATE_LIMITED } from './outcome.ts'
import { botOf, type MaxBot } from './settings.ts'
import { type Uploaded, upload, uploadType } from './upload.ts'

/** Requests a second that MAX takes from one bot (`POST /uploads`, "30 rps"). */
const REQUESTS_PER_SECOND = 30
/** How often a further part of a message is tried: a whole attempt more would double the parts that have arrived. */
const PART_TRIES = 4

const Sent = z.object({ message: z.object({ body: z.object({ mid: z.string() }) }) })

/** What one request sends. */
interface Part {
  readonly text: string
  readonly files: readonly OutgoingFile[]
  readonly buttons: OutgoingMessage['buttons']
}

/** Pictures and films travel together; a sound or a file is alone in its message. Words and buttons go with the first. */
function partsOf({ files, text, buttons }: OutgoingMessage): Part[] {
  const runs: OutgoingFile[][] = []
  let together = false
  for (const file of files) {
    const visual = ['image', 'video'].includes(uploadType(file))
    const last = runs.at(-1)
    if (last && visual && together) last.push(file)
    else runs.push([file])
    together = visual
  }
  const [first = [], ...further] = runs
  return [
    { text: text.toWellFormed(), files: first, buttons },
    ...further.map((run) => ({ text: '', files: run, buttons: [] })),
  ]
}

/** One attempt to send one message. */
interface Attempt {
  readonly deps: MaxDeps
  readonly bot: MaxBot
  readonly address: string
  readonly pace: Pace
  readonly signal: AbortSignal
}

/** Sends messages; each bot at its own pace. */
export function createSender(deps: MaxDeps) {
  const { attemptMs } = { ...USUAL_TIMING, ...deps.timing }
  const paceOf = createPaces(REQUESTS_PER_SECOND, deps.clock)

  return async (account: ChannelAccountRow, message: OutgoingMessage): Promise<SendResult> => {
    const [first, ...further] = partsOf(message)
    if (!first) throw new Error('a message of no parts')
    const signal = AbortSignal.timeout(attemptMs)
    const attempt = {
      deps,
      bot: botOf(account),
      address: message.address,
      pace: paceOf(account.id),
      signal,
    }
    const result = await sendPart(attempt, first)
    if (result.outcome !== 'sent') return result
    for (const part of further) {
      const { outcome } = await sendFurtherPart(attempt, part)
      // What has arrived must not be sent twice without a person's decision.
      if (outcome !== 'sent') return { outcome: 'unknown', reason: 'partly_sent' }
    }
    return result
  }
}

/** A part after the first: what can be tried again is tried here, for the rest of the attempt's time. */
async function sendFurtherPart(attempt: Attempt, part: Part): Promise<SendResult> {
  for (let tries = 1; ; tries++) {
    const result = await sendPart(attempt, part)
    if (result.outcome !== 'retry' || tries === PART_TRIES) return result
    const waited = await pause(result.afterMs ?? 0, true, { signal: attempt.signal }).catch(() => false)
    if (!waited) return result
  }
}

/** One part. What MAX says of its rate holds for everything that this bot sends. */
async function sendPart(attempt: Attempt, part: Part): Promise<SendResult> {
  const result = await tryPart(attempt, part)
  if (result.outcome === 'retry' && result.reason === RATE_LIMITED) attempt.pace.rest(result.afterMs ?? 0)
  return result
}

async function tryPart(attempt: Attempt, part: Part): Promise<SendResult> {
  const uploaded: Uploaded[] = []
  for (const file of part.files) {
    const bytes = await file.read()
    if (bytes.length === 0) return { outcome: 'failed', reason: 'attachment_not_allowed' }
    const turn = await attempt.pace.take(attempt.signal)
    if (!turn.go) return { outcome: 'retry', afterMs: turn.afterMs, reason: RATE_LIMITED }
    try {
      uploaded.push(await upload(attempt.deps, attempt.bot, file, bytes, attempt.signal))
    } catch (error) {
      return outcomeOf(error, false)
    }
  }
  return post(attempt, {
    text: part.text || null,
    attachments: [...uploaded, ...keyboardOf(part)],
    link: null,
  })
}

/** Posts the message; waits for fresh uploads to be ready, longer each time, within the attempt. */
async function post(attempt: Attempt, body: object): Promise<SendResult> {
  const { deps, bot, address, pace, signal } = attempt
  const { callMs, notReadyMs } = { ...USUAL_TIMING, ...deps.timing }
  const query = { user_id: address }
  for (let restMs = notReadyMs; ; restMs *= 2) {
    const turn = await pace.take(signal)
    if (!turn.go) return { outcome: 'retry', afterMs: turn.afterMs, reason: RATE_LIMITED }
    try {
      const call = { method: 'POST', path: '/messages', query, body, timeoutMs: callMs, signal } as const
      const { data } = Sent.safeParse(await callMax(deps, bot, call))
      return { outcome: 'sent', messageId: data?.message.body.mid ?? null }
    } catch (error) {
      const notReady = error instanceof MaxRefused && error.code === NOT_READY
      const waited = notReady && (await pause(restMs, true, { signal }).catch(() => false))
      if (!waited) return outcomeOf(error, true)
    }
  }
}

function keyboardOf({ buttons }: Part) {
  if (buttons.length === 0) return []
  const rows = buttons.map(({ title, payload }) => [{ type: 'callback', text: title, payload }])
  return [{ type: 'inline_keyboard', payload: { buttons: rows } }]
}
