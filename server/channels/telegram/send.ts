import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { ChannelAccountRow, OutgoingMessage, SendResult } from '../../care/timeline/index.ts'
import { createPaces } from '../../platform/pace.ts'
import { callTelegram, TelegramRefused } from './api.ts'
import { type TelegramDeps, USUAL_TIMING } from './deps.ts'
import { outcomeOf, RATE_LIMITED } from './outcome.ts'
import { nameOf } from './parse.ts'
import { type Part, partsOf } from './parts.ts'
import { botOf, type TelegramBot } from './settings.ts'

/** What Telegram takes from one bot in a second, broadcasts included (Bots FAQ). Limits of a chat are not published: it tells them by 429. */
const MESSAGES_PER_SECOND = 30
/** How often a further part of a message is tried: a whole attempt more would double the parts that have arrived. */
const PART_TRIES = 4

const place = z.object({
  message_id: z.union([z.number(), z.string()]).transform(String),
  chat: z.object({ id: z.union([z.number(), z.string()]).transform(String) }),
})
/** An album answers with all its messages; it is known by the first. */
const Sent = z.union([
  place.extend({}).transform(named),
  z
    .array(place)
    .min(1)
    .transform(([first]) => first && named(first)),
])

function named({ message_id, chat }: z.infer<typeof place>): string {
  return nameOf({ message_id, chat: { ...chat, type: 'private' } })
}

/** Sends messages; each bot at its own pace. */
export function createSender(deps: TelegramDeps) {
  const { callMs, attemptMs } = { ...USUAL_TIMING, ...deps.timing }
  const paceOf = createPaces(MESSAGES_PER_SECOND, deps.clock)

  const callPart = async (bot: TelegramBot, part: Part, signal: AbortSignal): Promise<unknown> => {
    try {
      return await callTelegram(deps.outgoing, bot, part.method, part.body, { timeoutMs: callMs, signal })
    } catch (error) {
      if (!part.asDocument || !isNoPhoto(error)) throw error
      return callPart(bot, part.asDocument, signal)
    }
  }

  /** One part; gives the name of its message. What Telegram says of its rate holds for everything that this bot sends. */
  const sendPart = async (
    account: ChannelAccountRow,
    part: Part,
    signal: AbortSignal,
  ): Promise<SendResult> => {
    const pace = paceOf(account.id)
    const turn = await pace.take(signal)
    if (!turn.go) return { outcome: 'retry', afterMs: turn.afterMs, reason: RATE_LIMITED }
    try {
      const answer = Sent.safeParse(await callPart(botOf(account), part, signal))
      return { outcome: 'sent', messageId: answer.data ?? null }
    } catch (error) {
      const result = outcomeOf(error)
      if (result.outcome === 'retry' && result.reason === RATE_LIMITED) pace.rest(result.afterMs ?? 0)
      return result
    }
  }

  /** A part after the first: what can be tried again is tried here, for the rest of the attempt's time. */
  const sendFurtherPart = async (
    account: ChannelAccountRow,
    part: Part,
    signal: AbortSignal,
  ): Promise<SendResult> => {
    for (let tries = 1; ; tries++) {
      const result = await sendPart(account, part, signal)
      if (result.outcome !== 'retry' || tries === PART_TRIES) return result
      const waited = await pause(result.afterMs ?? 0, true, { signal }).catch(() => false)
      if (!waited) return result
    }
  }

  return async (account: ChannelAccountRow, message: OutgoingMessage): Promise<SendResult> => {
    const files = await Promise.all(message.files.map(async (file) => ({ file, bytes: await file.read() })))
    const signal = AbortSignal.timeout(attemptMs)
    const [first, ...further] = partsOf(message, files)
    if (!first) throw new Error('a message of no parts')
    const result = await sendPart(account, first, signal)
    if (result.outcome !== 'sent') return result
    for (const part of further) {
      const { outcome } = await sendFurtherPart(account, part, signal)
      // What has arrived must not be sent twice without a person's decision.
      if (outcome !== 'sent') return { outcome: 'unknown', reason: 'partly_sent' }
    }
    return result
  }
}

/** `PHOTO_INVALID_DIMENSIONS`, `PHOTO_SAVE_FILE_INVALID`, `IMAGE_PROCESS_FAILED`: a picture, but not one for sendPhoto. */
function isNoPhoto(error: unknown): boolean {
  return error instanceof TelegramRefused && error.code === 400 && /PHOTO_|IMAGE_PROCESS/.test(error.message)
}
