import type { FastifyInstance } from 'fastify'
import { docsPage } from './docs-page.ts'
import { type Insiders, insiders } from './insiders.ts'
import { openApiOf } from './openapi.ts'

/** `/openapi.json` and, for people, `/docs`: for insiders. */
export function addDocs(app: FastifyInstance, who: Insiders): void {
  const route = { schema: { hide: true }, onRequest: insiders(who) }
  app.get('/openapi.json', route, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(openApiOf(app))),
  )
  app.get('/docs', route, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(openApiOf(app))),
  )
}
