import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Context } from '../core/context.ts'

/** The page where a visitor plays a subscriber, and the stream that tells it when to look again. */
export async function phoneRoutes(scope: FastifyInstance, context: Context): Promise<void> {
  await scope.register(fastifyStatic, { root: join(import.meta.dirname, 'public'), prefix: '/phone/' })
  scope.get('/phone', (_request, reply) => reply.redirect('/phone/'))
  scope.get('/', (_request, reply) => reply.redirect('/phone/'))
  scope.get('/world/events', (_request, reply) => streamChanges(context, reply))
}

/** Server-sent events, one for each change on anybody's phone. */
function streamChanges(context: Context, reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  reply.raw.write(': here\n\n')
  const stop = context.live.subscribe((change) => reply.raw.write(`data: ${JSON.stringify(change)}\n\n`))
  reply.raw.once('close', stop)
}
