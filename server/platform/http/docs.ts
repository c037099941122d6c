import type { FastifyInstance } from 'fastify'
import { Refusal } from '../refusal.ts'
import { docsPage } from './docs-page.ts'
import { type Insiders, insiders } from './insiders.ts'
import { openApiOf } from './openapi.ts'
import { problemPage, problemsPage } from './problems-page.ts'

const HTML = 'text/html; charset=utf-8'

/**
 * `/openapi.json` and, for people, `/docs`: for insiders. `/problems/<code>`, where the `type` of a problem document leads: for whoever was
 * refused, which may be anybody.
 */
export function addDocs(app: FastifyInstance, who: Insiders): void {
  const route = { schema: { hide: true }, onRequest: insiders(who) }
  app.get('/openapi.json', route, async (_request, reply) =>
    reply.type('application/json').send(JSON.stringify(openApiOf(app))),
  )
  app.get('/docs', route, async (_request, reply) => reply.type(HTML).send(docsPage(openApiOf(app))))
  const open = { schema: { hide: true } }
  app.get('/problems', open, async (_request, reply) => reply.type(HTML).send(problemsPage()))
  app.get<{ Params: { code: string } }>('/problems/:code', open, async ({ params }, reply) => {
    const found = problemPage(params.code)
    if (found === undefined) throw new Refusal('not_found')
    return reply.type(HTML).send(found)
  })
}
