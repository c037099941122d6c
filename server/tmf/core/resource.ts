import type { z } from 'zod'
import type { WebhookEvent } from '../../../contracts/integrations.ts'
import type { ServiceScope } from '../../../contracts/route.ts'
import type { Call } from './call.ts'
import { parsed } from './parsed.ts'
import type { Query } from './query.ts'
import type { Everybody } from './walk.ts'

/** Anything that is told: it has a name and an address. */
export interface Item extends Readonly<Record<string, unknown>> {
  readonly id: string
  readonly href: string
}

/** One kind of thing of an API and what can be done with it. What is absent answers 405. */
export interface Resource {
  /** As in the address: `productOffering`. */
  readonly name: string
  /** What we tell of it: also the attributes that can be filtered by. */
  readonly schema: z.ZodObject
  /** Attributes that are phone numbers: a list is looked up by one, and it may be told masked or in another way of writing it. */
  readonly numbers?: readonly string[]
  /** Batches in the order of the list. Refuses with `invalid_request` when the filters do not say whose. */
  readonly list?: (call: Call, query: Query) => AsyncIterable<readonly Item[]>
  /** The list of who does not say whose and may have everybody's (scope `everyone`). */
  readonly everybody?: Everybody<Item>
  /** Undefined: there is none, or it is not for this caller. */
  readonly read?: (call: Call, id: string) => Promise<Item | undefined>
  readonly create?: (call: Call, body: unknown) => Promise<Item>
  /** Undefined: there is none, or it is not for this caller. */
  readonly change?: (call: Call, id: string, body: unknown) => Promise<Item | undefined>
  /** The scope that writing needs; absent: `write`. */
  readonly writes?: ServiceScope
}

/** One TM Forum API: its name in the address, and its resources. */
export interface Api {
  readonly name: string
  readonly resources: readonly Resource[]
  /** What other systems can be told of it; absent: nothing. */
  readonly hub?: Hub
}

/** How our events are told in an API's words: `{ eventType, event: { SUBJECT: … } }`. */
export interface Hub {
  readonly types: Readonly<Partial<Record<WebhookEvent, string>>>
  readonly subject: string
  /** What the event is about, as it is now; undefined = it is not there any more. */
  readonly read: (call: Call, payload: Readonly<Record<string, unknown>>) => Promise<Item | undefined>
}

interface Definition<S extends z.ZodObject, B extends z.ZodType, C extends z.ZodType> {
  readonly name: string
  readonly schema: S
  readonly numbers?: readonly string[]
  readonly list?: (call: Call, query: Query) => AsyncIterable<readonly (Item & z.output<S>)[]>
  readonly everybody?: Everybody<Item & z.output<S>>
  readonly read?: (call: Call, id: string) => Promise<(Item & z.output<S>) | undefined>
  readonly create?: {
    readonly body: B
    readonly run: (call: Call, body: z.output<B>) => Promise<Item & z.output<S>>
  }
  readonly change?: {
    readonly body: C
    readonly run: (call: Call, id: string, body: z.output<C>) => Promise<(Item & z.output<S>) | undefined>
  }
  readonly writes?: ServiceScope
}

/** A resource whose answers fit its schema by type, and whose bodies are checked before they are used. */
export function resource<S extends z.ZodObject, B extends z.ZodType, C extends z.ZodType>(
  definition: Definition<S, B, C>,
): Resource {
  const { create, change, ...rest } = definition
  return {
    ...rest,
    ...(create && { create: (call, body) => create.run(call, parsed(create.body, body)) }),
    ...(change && { change: (call, id, body) => change.run(call, id, parsed(change.body, body)) }),
  }
}
