import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Is this site allowed to embed the chat? Asked for requests from other origins only. */
export type OriginAllowed = (origin: string, request: FastifyRequest) => Promise<boolean>

/** What the widget calls from other sites: the chat, and help for reading. */
const OPEN = ['/api/v1/chat/', '/api/v1/help/']
const ALLOWED_HEADERS = 'authorization, content-type, idempotency-key, x-request-id'
/** Chromium keeps a preflight for two hours at most. */
const PREFLIGHT_S = 7200

/**
 * Lets the widget on allowed sites use the API of chat and help (Fetch standard, 3.2), without credentials: a visitor is known by a token alone.
 * A site that is not allowed gets no permission; the request itself is still judged by its handler. Call before the chat is served.
 */
export function corsForChat(app: FastifyInstance, originAllowed: OriginAllowed): void {
  const permit = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !(await originAllowed(origin, request))) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-expose-headers', 'retry-after, x-request-id')
    reply.header('cross-origin-resource-policy', 'cross-origin')
  }
  app.addHook('onRequest', (request, reply, done) => {
    if (!OPEN.some((path) => request.url.startsWith(path))) return done()
    permit(request, reply).then(() => done(), done)
  })
  for (const path of OPEN) {
    app.options(`${path}*`, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .headers({
          'access-control-allow-methods': 'GET, POST',
          'access-control-allow-headers': ALLOWED_HEADERS,
          'access-control-max-age': PREFLIGHT_S,
        })
        .code(204)
        .send(),
    )
  }
}
