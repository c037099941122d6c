import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../telemetry/index.ts'

/** Measures every request by its route and status, gives its id back, and logs one line when it is answered. */
export function watchRequests(app: FastifyInstance, metrics: Metrics): void {
  const durations = metrics.histogram('http_request_duration_seconds', 'Time to answer HTTP requests', [
    'method',
    'route',
    'status',
  ])
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern: a URL holds ids, and a label needs a bounded set.
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    durations.observe({ method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    request.log.debug(
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })
}
