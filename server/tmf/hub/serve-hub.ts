import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { WebhookEvent } from '../../../contracts/integrations.ts'
import { Id, text } from '../../../contracts/primitives.ts'
import { found } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { parsed } from '../core/parsed.ts'
import type { Api, Hub } from '../core/resource.ts'
import { eventTypesOf } from './event-query.ts'

const Asked = z.looseObject({
  callback: z.url({ protocol: /^https?$/ }).max(2000),
  query: text(1000).optional(),
})

/** Handlers of an API's `hub`: a receiver registers itself, looks at its registration, ends it. It sees its own alone. */
export function hubHandlers({ name }: Api, hub: Hub) {
  return {
    register: async (call: Call, request: FastifyRequest, reply: FastifyReply) => {
      const { callback, query = null } = parsed(Asked, request.body)
      const types = eventTypesOf(hub, query)
      const events = WebhookEvent.options.filter((event) => types.includes(hub.types[event] ?? ''))
      const asked = { client: call.actor, api: name, url: callback, events, query }
      const made = await call.room.registrations.add(asked)
      reply.code(201).header('location', `${call.room.publicUrl}/tmf-api/${name}/v4/hub/${made.id}`)
      // TM Forum knows no signatures: the secret is ours, and shown this once.
      return { ...shown(made), secret: made.secret }
    },
    look: async (call: Call, id: string) => {
      const known = Id.safeParse(id).success
        ? await call.room.registrations.find(call.actor, name, id)
        : undefined
      return shown(found(known, 'registration'))
    },
    end: async (call: Call, id: string, reply: FastifyReply) => {
      const gone = Id.safeParse(id).success && (await call.room.registrations.remove(call.actor, name, id))
      found(gone || undefined, 'registration')
      return reply.code(204).send()
    },
  }
}

const shown = ({
  id,
  url,
  query,
}: {
  readonly id: string
  readonly url: string
  readonly query: string | null
}) => ({
  id,
  callback: url,
  ...(query !== null && { query }),
})
