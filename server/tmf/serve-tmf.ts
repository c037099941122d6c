import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import type { ServiceScope } from '../../contracts/route.ts'
import type { Service } from '../platform/http/index.ts'
import { found, Refusal } from '../platform/refusal.ts'
import { APIS } from './apis.ts'
import { answerTmfFailure, tmfError } from './core/answer-failure.ts'
import type { Call } from './core/call.ts'
import { pageOf } from './core/page.ts'
import { fieldsOf, isExact, type Query, queryOf } from './core/query.ts'
import type { Api, Hub, Item, Resource } from './core/resource.ts'
import { selectFields } from './core/select-fields.ts'
import { type Everybody, saysWhose, walkedPage } from './core/walk.ts'
import { hubHandlers } from './hub/serve-hub.ts'
import type { TmfRoom } from './tmf-room.ts'

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Adds every API at `/tmf-api/NAME/v4/`. They have descriptions of their own (TM Forum's), so ours leaves them out. */
export async function serveTmf(app: FastifyInstance, room: TmfRoom): Promise<void> {
  await app.register(
    async (scope) => {
      scope.setErrorHandler(answerTmfFailure)
      scope.setNotFoundHandler((request, reply) =>
        answerTmfFailure(new Refusal('not_found', { what: 'resource' }), request, reply),
      )
      scope.addHook('onRequest', async (request) => {
        // Before the body is read: nobody unknown makes us parse megabytes.
        callers.set(request, await callerOf(room, request))
      })
      for (const api of APIS) {
        for (const one of api.resources) addResource(scope, room, api, one)
        if (api.hub) addHub(scope, room, api, api.hub)
      }
    },
    { prefix: '/tmf-api' },
  )
}

const callers = new WeakMap<FastifyRequest, Service>()

async function callerOf(room: TmfRoom, request: FastifyRequest): Promise<Service> {
  const caller = await room.authenticate(request)
  if (!caller) throw new Refusal('unauthenticated')
  const scope = scopeOf(request)
  if (!caller.scopes.includes(scope)) throw new Refusal('forbidden', { scope })
  return caller
}

/** What writing needs where it is not `write`, by address. */
const WRITES = new Map<string, ServiceScope>(
  APIS.flatMap(({ name, resources }) =>
    resources.flatMap((one) =>
      one.writes ? [[`/tmf-api/${name}/v4/${one.name}`, one.writes] as const] : [],
    ),
  ),
)

function scopeOf({ method, routeOptions }: FastifyRequest): ServiceScope {
  if (method === 'GET' || method === 'HEAD') return 'read'
  return WRITES.get(routeOptions.url?.replace(/\/:id$/, '') ?? '') ?? 'write'
}

function callOf(room: TmfRoom, request: FastifyRequest): Call {
  const actor = callers.get(request)
  if (!actor) throw new Refusal('unauthenticated')
  const { 'idempotency-key': key, 'accept-language': languages } = request.headers
  return {
    db: room.db,
    room,
    actor,
    address: request.ip,
    key: typeof key === 'string' && key !== '' ? key.slice(0, 200) : undefined,
    locale: languages?.toLowerCase().startsWith('en') ? 'en' : 'ru',
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function addResource(app: FastifyInstance, room: TmfRoom, api: Api, resource: Resource): void {
  const base = `/${api.name}/v4/${resource.name}`
  const { list, read, create, change } = resource
  addRoutes(app, base, {
    ...(list && { GET: (request, reply) => answerList(room, api, resource, list, request, reply) }),
    ...(create && {
      POST: async (request, reply) => {
        const made = await create(callOf(room, request), request.body)
        return reply.code(201).header('location', made.href).send(made)
      },
    }),
  })
  addRoutes(app, `${base}/:id`, {
    ...(read && {
      GET: async (request) => {
        const fields = fieldsOf(resource.schema, queryIn(request).fields)
        return selectFields(found(await read(callOf(room, request), idIn(request)), resource.name), fields)
      },
    }),
    ...(change && {
      PATCH: async (request) =>
        found(await change(callOf(room, request), idIn(request), request.body), resource.name),
    }),
  })
}

function addHub(app: FastifyInstance, room: TmfRoom, api: Api, hub: Hub): void {
  const { register, look, end } = hubHandlers(api, hub)
  const base = `/${api.name}/v4/hub`
  addRoutes(app, base, {
    POST: (request, reply) => register(callOf(room, request), request, reply),
  })
  addRoutes(app, `${base}/:id`, {
    GET: (request) => look(callOf(room, request), idIn(request)),
    DELETE: (request, reply) => end(callOf(room, request), idIn(request), reply),
  })
}

const idIn = ({ params }: FastifyRequest): string => (params as { id: string }).id

/** Routes of an address; what it does not do is told as 405 rather than as not found. */
function addRoutes(
  app: FastifyInstance,
  url: string,
  handlers: Readonly<Partial<Record<string, Handler>>>,
): void {
  const allow = METHODS.filter((method) => typeof method === 'string' && handlers[method]).join(', ')
  app.route({
    method: METHODS,
    url,
    schema: { hide: true },
    handler: async (request, reply) => {
      const handle = handlers[request.method === 'HEAD' ? 'GET' : request.method]
      if (handle) return handle(request, reply)
      return reply.code(405).header('allow', allow).send(tmfError(405, 'method_not_allowed'))
    },
  })
}

async function answerList(
  room: TmfRoom,
  api: Api,
  { name, schema, numbers = [], everybody }: Resource,
  list: NonNullable<Resource['list']>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const query = queryOf(schema, queryIn(request))
  const call = callOf(room, request)
  if (everybody && call.actor.scopes.includes('everyone') && !saysWhose(query, everybody.anchors))
    return answerWalk(call, `${api.name}/${name}`, everybody, query, request, reply)
  if (query.after !== undefined) throw new Refusal('invalid_request', { in: 'after' })
  // Whoever was looked up by a number has it: it may be masked in what is told.
  const conditions = query.conditions.filter((one) => !(isExact(one) && numbers.includes(one.attribute)))
  const { items, total } = await pageOf(list(call, query), { ...query, conditions })
  reply.header('x-result-count', items.length)
  if (total !== undefined) reply.header('x-total-count', total)
  // TMF630: 206 when there is more than what is told.
  reply.code(items.length === total ? 200 : 206)
  return items.map((one) => selectFields(one, query.fields))
}

/** A page of everybody's things; it is kept whose were taken. Where it goes on stands in `Link` (RFC 8288). */
async function answerWalk(
  call: Call,
  what: string,
  { walk }: Everybody<Item>,
  query: Query,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { items, next } = await walkedPage((ask) => walk(call, ask), query)
  const { actor, address } = call
  const whose = [...new Map(items.map((one) => [JSON.stringify(one.whose), one.whose])).values()]
  await call.room.recordWalk(call.db, { actor, address, what, whose })
  reply.header('x-result-count', items.length)
  if (next) {
    const asked = Object.entries(queryIn(request)).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    )
    const further = new URLSearchParams(asked)
    if (next.after !== undefined) further.set('after', next.after)
    further.set('offset', String(next.offset))
    reply.header(
      'link',
      `<${call.room.publicUrl}/tmf-api/${what.replace('/', '/v4/')}?${further}>; rel="next"`,
    )
  }
  // TMF630: 206 when there is more than what is told.
  reply.code(next ? 206 : 200)
  return items.map(({ thing }) => selectFields(thing, query.fields))
}

const queryIn = ({ query }: FastifyRequest): Readonly<Record<string, unknown>> =>
  typeof query === 'object' && query !== null ? { ...query } : {}
