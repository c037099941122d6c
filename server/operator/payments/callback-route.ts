import type { FastifyInstance } from 'fastify'
import type { Db } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { hearCallback } from './hear-callback.ts'
import type { PaymentsContext } from './payments-context.ts'

/** A notice about one payment is small. */
const MAX_BYTES = 64 * 1024

/**
 * `POST /payments/{provider}/webhook`: judged on the raw bytes. A provider that we do not have and a wrong secret answer the same 401,
 * logged and counted; with the database or the provider away it is 503, so that it is sent again.
 */
export async function serveCallbacks(app: FastifyInstance, db: Db, payments: PaymentsContext): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, bytes, done) =>
      done(null, bytes),
    )
    scope.route<{
      Params: { provider: string }
      Querystring: Record<string, unknown>
      Body: Buffer | undefined
    }>({
      method: 'POST',
      url: '/payments/:provider/webhook',
      schema: { hide: true },
      handler: async ({ params, query, headers, body = Buffer.alloc(0), log }, reply) => {
        try {
          await hearCallback(db, payments, params.provider, { body, headers, query })
        } catch (error) {
          if (error instanceof Refusal && error.code === 'webhook_unauthentic')
            log.warn({ provider: params.provider }, 'payment callback with a wrong secret')
          throw error
        }
        return reply.code(200).send()
      },
    })
  })
}
