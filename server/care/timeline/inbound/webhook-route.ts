import type { FastifyInstance } from 'fastify'
import { Refusal } from '../../../platform/refusal.ts'
import type { Doors } from '../accounts/doors.ts'
import type { Inbound } from './intake.ts'

/** A provider's update is small; files are fetched, never posted. */
const MAX_BYTES = 1024 * 1024

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * `POST /channels/{channelAccountId}/webhook`: verified on the raw bytes, durable before 200 (invariant 1). An unknown
 * account and a wrong secret answer the same 401, logged and counted; with the database away it is 503 at once, so that
 * the provider sends it again.
 */
export async function serveWebhooks(
  app: FastifyInstance,
  doors: Doors,
  inbound: Inbound,
  onUnauthentic: (channel: string) => void,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, bytes, done) =>
      done(null, bytes),
    )
    scope.route<{ Params: { account: string }; Body: Buffer | undefined }>({
      method: 'POST',
      url: '/channels/:account/webhook',
      schema: { hide: true },
      handler: async (request, reply) => {
        const { account: id } = request.params
        const door = UUID.test(id) ? await doors.find(id) : undefined
        const body = request.body ?? Buffer.alloc(0)
        if (!door?.adapter.verify?.(door.account, { body, headers: request.headers })) {
          request.log.warn({ account: id }, 'webhook with a wrong secret')
          onUnauthentic(door?.account.kind ?? 'unknown')
          throw new Refusal('webhook_unauthentic')
        }
        if (door.account.state === 'paused')
          throw new Refusal('unavailable', { what: 'channel paused', retryAfterMs: 60_000 })
        await inbound.receive(door.account, door.adapter, body)
        return reply.code(200).send()
      },
    })
  })
}
