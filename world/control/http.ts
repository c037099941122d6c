import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Context } from '../core/context.ts'
import { fault } from '../core/faults.ts'
import { type Person, person } from '../core/people.ts'
import { act, CannotAct } from './acts.ts'
import type { PhoneService } from './service.ts'

type ChatParams = { Params: { service: string; key: string } }

/** Drives the world: what people do on their phones, what they see, what goes wrong. No part of any wire format. */
export function controlRoutes(scope: FastifyInstance, context: Context, services: PhoneService[]): void {
  const byName = new Map(services.map((service) => [service.name, service]))
  const target = ({ service, key }: ChatParams['Params']): { service: PhoneService; person: Person } => {
    const found = byName.get(service)
    const who = context.people.byKey(key)
    if (!found || !who) throw new CannotAct(found ? `no person ${key}` : `no service ${service}`, 404)
    return { service: found, person: who }
  }

  scope.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof CannotAct) return reply.code(error.status).send({ error: error.message })
    if (error instanceof z.ZodError) return reply.code(400).send({ error: z.prettifyError(error) })
    throw error
  })

  scope.get('/people', async () => ({ people: context.people.list(), services: [...byName.keys()] }))
  scope.post('/people', async (request, reply) => {
    const added = person.parse(request.body)
    context.people.add(added)
    return reply.code(201).send(added)
  })

  scope.get<ChatParams>('/:service/chats/:key', async (request) => {
    const { service, person: who } = target(request.params)
    return service.view(who)
  })
  scope.post<ChatParams>('/:service/chats/:key/acts', { bodyLimit: 80 * 1024 * 1024 }, async (request) => {
    const { service, person: who } = target(request.params)
    return service.act(who, act.parse(request.body))
  })

  scope.get('/faults', async () => ({ faults: context.faults.list() }))
  scope.post('/faults', async (request, reply) => {
    context.faults.plan(fault.parse(request.body))
    return reply.code(201).send({ faults: context.faults.list() })
  })
  scope.delete('/faults', async () => {
    context.faults.clear()
    return { faults: [] }
  })

  scope.get<{ Params: { id: string } }>('/files/:id', async (request, reply) => {
    const blob = context.blobs.get(request.params.id)
    if (!blob) throw new CannotAct('no such file', 404)
    // What people send one another must not run as a page of this origin.
    return reply
      .type(blob.type)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', 'sandbox')
      .send(blob.bytes)
  })
}
