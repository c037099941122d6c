import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Bucket } from '../core/bucket.ts'
import type { Context } from '../core/context.ts'
import { installFaults } from '../core/fault-hooks.ts'
import { goneOf } from '../core/gone.ts'
import { refusals, TelegramRefusal } from './errors.ts'
import { type Params, paramsOf } from './params.ts'
import type { TelegramState } from './state.ts'

type Method = (params: Params, gone: AbortSignal) => unknown
type Call = { Params: { '*': string } }

/** The two addresses of the API. A path like `bot1:x/getMe` is cut by hand: the token holds a colon. */
export function telegramRoutes(
  scope: FastifyInstance,
  context: Context,
  state: TelegramState,
  methods: Record<string, Method>,
  bucket: Bucket,
): void {
  // Names of methods are matched without regard to case.
  const byName = new Map(
    Object.entries(methods).map(([name, method]) => [name.toLowerCase(), { name, method }]),
  )

  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  )
  scope.setErrorHandler(async (error, _request, reply) => answerError(error, reply))
  installFaults(scope, context.faults, {
    service: 'telegram',
    methodOf: (request) => byName.get(methodName(request))?.name ?? '',
    refuse: (reply, status, retryAfterS) =>
      answerError(
        status === 429 ? refusals.tooMany(retryAfterS) : new TelegramRefusal(500, 'Internal Server Error'),
        reply,
      ),
  })

  scope.route<Call>({
    method: ['GET', 'POST'],
    url: '/*',
    handler: async (request, reply) => {
      const path = decodeURIComponent(request.params['*'])
      const file = /^file\/bot([^/]+)\/(.+)$/.exec(path)
      if (file) return download(context, state, file[1] ?? '', file[2] ?? '', reply)
      const token = /^bot([^/]+)\/[^/]+$/.exec(path)?.[1]
      if (token === undefined) throw refusals.notFound()
      if (token !== state.token) throw refusals.unauthorized()
      const found = byName.get(methodName(request))
      if (!found) throw refusals.notFound()
      const waitS = found.name === 'getUpdates' ? 0 : bucket.take()
      if (waitS > 0) throw refusals.tooMany(waitS)
      const result = await found.method(await paramsOf(request), goneOf(reply))
      return { ok: true, result }
    },
  })
}

function methodName(request: FastifyRequest): string {
  const path = request.url.split('?')[0] ?? ''
  return (path.split('/').at(-1) ?? '').toLowerCase()
}

function download(
  context: Context,
  state: TelegramState,
  token: string,
  path: string,
  reply: FastifyReply,
): FastifyReply {
  if (token !== state.token) throw refusals.unauthorized()
  const id = (path.split('/').at(-1) ?? '').split('.')[0] ?? ''
  const blob = context.blobs.get(id)
  if (!blob) throw refusals.notFound()
  return reply.type('application/octet-stream').send(blob.bytes)
}

function answerError(error: unknown, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof TelegramRefusal ? error : fromFastify(error)
  const { code, message: description, retryAfterS } = refusal
  const parameters = retryAfterS === undefined ? {} : { parameters: { retry_after: retryAfterS } }
  if (retryAfterS !== undefined) reply.header('retry-after', String(retryAfterS))
  return reply.code(code).send({ ok: false, error_code: code, description, ...parameters })
}

/** What Fastify itself refuses (bad JSON, a body too large). Raises anything else: a defect of this world. */
function fromFastify(error: unknown): TelegramRefusal {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500
  if (status === 413) return new TelegramRefusal(413, 'Request Entity Too Large')
  if (typeof status === 'number' && status < 500)
    return new TelegramRefusal(400, "Bad Request: can't parse request")
  throw error
}
