import { z } from 'zod'
import type { ChannelAccountRow, Intake } from '../../care/timeline/index.ts'
import { Unavailable, whyUnreached } from '../../platform/outgoing/index.ts'
import { startRepeating } from '../../platform/repeat.ts'
import { callMax, MaxRefused, Success } from './api.ts'
import { type MaxDeps, type MaxTiming, USUAL_TIMING } from './deps.ts'
import { isRevoked, REVOKED } from './outcome.ts'
import { botOf, isSetUp, type MaxBot } from './settings.ts'
import { UPDATE_KINDS } from './wire.ts'

const MAX_BACKOFF_MS = 60_000
const BATCH = 100

interface Receiving {
  readonly deps: MaxDeps
  readonly timing: MaxTiming
  readonly account: ChannelAccountRow
  readonly intake: Intake
}

/** Receives updates in the mode that the account is set to. Gives what stops it. */
export function receive(deps: MaxDeps, account: ChannelAccountRow, intake: Intake): () => Promise<void> {
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const receiving: Receiving = { deps, timing, account, intake }
  const polling = account.settings.mode === 'polling'
  return startRepeating({
    work: polling ? createPoll(receiving) : createWatch(receiving),
    pauseMs: polling ? 0 : timing.watchMs,
    retry: { baseMs: timing.backoffMs, maxMs: MAX_BACKOFF_MS },
    onFailure: (error) => tell(receiving, error),
  })
}

const Subscriptions = z.object({
  subscriptions: z.array(z.object({ url: z.string(), update_types: z.array(z.string()).nullish() })),
})

async function listSubscriptions(deps: MaxDeps, bot: MaxBot, signal: AbortSignal) {
  const answer = await callMax(deps, bot, { method: 'GET', path: '/subscriptions', signal })
  return Subscriptions.parse(answer).subscriptions
}

/**
 * The subscription is made at the start (its secret may have changed, which nothing shows) and again whenever it is gone: MAX drops it by
 * itself after 8 hours of failures.
 */
function createWatch({ deps, account, intake }: Receiving) {
  const url = `${deps.publicUrl}/channels/${account.id}/webhook`
  let made = false

  const subscribe = async (bot: MaxBot, signal: AbortSignal) => {
    const { webhookSecret: secret } = bot
    if (!secret) throw new MissingSecret()
    const body = { url, secret, update_types: UPDATE_KINDS }
    const answer = await callMax(deps, bot, { method: 'POST', path: '/subscriptions', body, signal })
    const { success, message } = Success.parse(answer)
    if (!success) throw subscriptionRefused(message)
    made = true
  }

  return async (signal: AbortSignal): Promise<void> => {
    const bot = botOf(account)
    if (!made) await subscribe(bot, signal)
    const ours = (await listSubscriptions(deps, bot, signal)).find((one) => one.url === url)
    const kinds = ours?.update_types
    if (!ours || (kinds && !UPDATE_KINDS.every((kind) => kinds.includes(kind)))) {
      deps.log.warn({ account: account.id }, 'the subscription was gone: making it again')
      await subscribe(bot, signal)
    }
    await intake.reportHealth('ok', null)
  }
}

const subscriptionRefused = (message: string | null | undefined) =>
  new MaxRefused(message ?? 'subscription refused', {
    status: 200,
    code: 'subscription',
    isItsOwn: true,
    mayHaveBeenDone: false,
  })

const Updates = z.object({
  updates: z.array(z.unknown()),
  marker: z.union([z.number(), z.string()]).transform(String).nullable(),
})
const Cursor = z.object({ marker: z.string().optional() })

/**
 * Polls. The marker of a batch is kept once all of it is durable: what was read and not stored is read again, and known by its name.
 * Without a marker MAX gives the last update only, so the first poll ever begins there.
 */
function createPoll({ deps, timing, account, intake }: Receiving) {
  let alone = false
  let marker: string | undefined

  const begin = async (bot: MaxBot, signal: AbortSignal) => {
    // Polling is refused (405) while any subscription stands.
    for (const { url } of await listSubscriptions(deps, bot, signal)) {
      await callMax(deps, bot, { method: 'DELETE', path: '/subscriptions', query: { url }, signal })
    }
    marker = Cursor.parse(await intake.readCursor()).marker
    await intake.reportHealth('ok', null)
    alone = true
  }

  const poll = async (bot: MaxBot, signal: AbortSignal) => {
    const query = {
      limit: String(BATCH),
      timeout: String(Math.floor(timing.pollMs / 1000)),
      types: UPDATE_KINDS.join(','),
      ...(marker !== undefined && { marker }),
    }
    const call = {
      method: 'GET',
      path: '/updates',
      query,
      timeoutMs: timing.pollMs + 10_000,
      signal,
    } as const
    const batch = Updates.parse(await callMax(deps, bot, call))
    for (const update of batch.updates) {
      if (signal.aborted) return
      await intake.receive(Buffer.from(JSON.stringify(update)))
    }
    if (batch.marker === null || batch.marker === marker) return
    await intake.saveCursor({ marker: batch.marker })
    marker = batch.marker
  }

  return async (signal: AbortSignal): Promise<void> => {
    const bot = botOf(account)
    if (!alone) await begin(bot, signal)
    try {
      await poll(bot, signal)
    } catch (error) {
      // Begins anew: somebody may have subscribed, and health has to be told again.
      alone = false
      throw error
    }
  }
}

class MissingSecret extends Error {
  override readonly name = 'MissingSecret'
}

/** Reports why nothing comes in. Gives how long MAX asked to wait, in milliseconds. */
async function tell({ deps, account, intake }: Receiving, error: unknown): Promise<number | undefined> {
  deps.log.warn({ err: error, account: account.id }, 'MAX cannot be received from')
  if (error instanceof MissingSecret) await intake.reportHealth('down', 'webhook_secret_missing')
  else if (!isSetUp(account)) await intake.reportHealth('down', 'channel_settings_invalid')
  else if (error instanceof MaxRefused) {
    const revoked = isRevoked(error)
    await intake.reportHealth(revoked ? 'down' : 'degraded', revoked ? REVOKED : error.message)
    return error.retryAfterMs
  } else if (error instanceof Unavailable) {
    await intake.reportHealth('degraded', String(error.facts.reason))
    return error.retryAfterMs
  } else await intake.reportHealth('degraded', whyUnreached(error) ?? 'internal')
  return undefined
}
