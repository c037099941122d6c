import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { postJson } from '../core/post-json.ts'
import { type UsageRecord, usageOf } from './records.ts'

/**
 * The network's mediation system: counts what the people use and reports it in batches to where the operator's billing takes it.
 * Told where by `PUT /network/destination`; from then on it reports the last days once and then every few seconds. A batch is repeated
 * until it is taken, under the same names.
 */
export interface NetworkOptions {
  token: string
}

export interface NetworkService {
  /** What was reported and how it was answered. */
  deliveries: Delivery[]
  /** Reports these records now. Gives the status of the answer; 0 = there was none, or nobody takes them. */
  report(records: readonly UsageRecord[]): Promise<number>
  register(app: FastifyInstance): Promise<void>
}

const destination = z.object({ url: z.url(), token: z.string().min(16).max(256) })
type Destination = z.infer<typeof destination>

const HOUR_MS = 3_600_000
const HISTORY_HOURS = 7 * 24
const EVERY_MS = 15_000
const AT_A_TIME = 500
const ANSWER_MS = 10_000
const AGAIN_MS = 5_000
const MOST_TRIES = 20
const KEPT_DELIVERIES = 100

export function createNetwork(context: Context, options: NetworkOptions): NetworkService {
  const { timing, people } = context
  const deliveries: Delivery[] = []
  let to: Destination | undefined

  const report = async (records: readonly UsageRecord[]): Promise<number> => {
    if (!to) return 0
    const { url, token } = to
    const body = JSON.stringify({ records })
    const { status } = await postJson(url, body, { authorization: `Bearer ${token}` }, ANSWER_MS)
    deliveries.push({ url, update: { records: records.length }, at: timing.now(), status })
    if (deliveries.length > KEPT_DELIVERIES) deliveries.shift()
    return status
  }

  /** Until it is taken, or it is plain that it never will be. */
  const deliver = async (records: readonly UsageRecord[], whereto: Destination): Promise<void> => {
    for (let from = 0; from < records.length; from += AT_A_TIME) {
      for (let tries = 0; tries < MOST_TRIES && to === whereto; tries++) {
        const status = await report(records.slice(from, from + AT_A_TIME))
        if (status >= 200 && status < 500 && status !== 429) break
        await timing.wait(AGAIN_MS)
      }
    }
  }

  const usedBy = (from: number, ms: number): UsageRecord[] =>
    people.list().flatMap((one) =>
      usageOf(
        one,
        people.list().filter((other) => other !== one),
        { from, ms },
      ),
    )

  const run = async (whereto: Destination): Promise<void> => {
    const hour = Math.floor(timing.now() / HOUR_MS)
    const hours = Array.from({ length: HISTORY_HOURS }, (_, n) => (hour - HISTORY_HOURS + n) * HOUR_MS)
    await deliver(
      hours.flatMap((from) => usedBy(from, HOUR_MS)),
      whereto,
    )
    while (to === whereto) {
      await timing.wait(EVERY_MS)
      await deliver(usedBy(timing.now() - EVERY_MS, EVERY_MS), whereto)
    }
  }

  return {
    deliveries,
    report,
    register: async (app) => {
      await app.register(async (scope) => {
        scope.addHook('onRequest', async (request, reply) => {
          if (request.headers.authorization !== `Bearer ${options.token}`)
            return reply.code(401).send({ error: 'unauthorized' })
          return undefined
        })
        scope.put('/network/destination', async (request, reply) => {
          const asked = destination.safeParse(request.body)
          if (!asked.success)
            return reply.code(400).send({ error: 'invalid', message: z.prettifyError(asked.error) })
          to = asked.data
          void run(asked.data)
          return { url: asked.data.url }
        })
      })
    },
  }
}
