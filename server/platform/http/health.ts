import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../telemetry/index.ts'
import { type Insiders, insiders } from './insiders.ts'
import type { Readiness } from './readiness.ts'

export interface HealthOptions extends Insiders {
  readonly metrics: Metrics
  readonly readiness: Readiness
}

/** `/healthz`: the process answers. `/readyz`: it can serve; 503 and which checks failed if not. `/metrics`: for insiders. */
export function addHealth(app: FastifyInstance, options: HealthOptions): void {
  const { metrics, readiness } = options
  const hidden = { schema: { hide: true } }
  app.get('/healthz', hidden, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  app.get('/readyz', hidden, async (request, reply) => {
    const { ready, checks, failures } = await readiness.look()
    if (!ready) request.log.warn({ failures }, 'not ready')
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'not ready', checks })
  })
  app.get('/metrics', { ...hidden, onRequest: insiders(options) }, async (_request, reply) => {
    const { text, contentType } = await metrics.read()
    return reply.type(contentType).send(text)
  })
}
