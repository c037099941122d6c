import { z } from 'zod'
import { Day } from './measures.ts'
import { Instant } from './primitives.ts'
import type { Contract } from './route.ts'

const Count = z.number().int().min(0)

/** What became of visits to the assistant; docs/measures.md defines every number. None of them is a share: what they are shares of stands beside. */
export const ContainmentNumbers = z
  .object({
    visits: Count,
    withoutAgent: Count.describe('left without an agent: nobody of the staff took part'),
    done: Count.describe('a task was completed'),
    judgedDay: Count.describe('ended more than 24 h ago: only of these it is known'),
    containedDay: Count.describe(
      'a task completed, no agent, and no new contact of the person on the topic on any channel within 24 h',
    ),
    judgedWeek: Count.describe('ended more than 7 days ago'),
    containedWeek: Count.describe('likewise, within 7 days'),
    abandoned: Count.describe('went away in the middle, nothing completed; no success'),
    asked: Count.describe('asked for a person; no success'),
    handedOver: Count.describe('went on to people for any other reason; no success'),
  })
  .meta({ id: 'ContainmentNumbers' })
export type ContainmentNumbers = z.infer<typeof ContainmentNumbers>

export const ContainmentBy = z.enum(['flow', 'node', 'channel', 'intent'])
export type ContainmentBy = z.infer<typeof ContainmentBy>

const Title = z.object({ ru: z.string(), en: z.string() })

/** From here on numbers mean something else than before: they are not to be compared across it. */
export const ContainmentBreak = z
  .object({
    at: Instant,
    kind: z.enum(['definition', 'flow']).describe('of the measure; or of what counts as completed in a flow'),
    flow: z.string().nullable(),
    title: Title.nullable(),
    from: z.number().int().describe('version before'),
    to: z.number().int(),
  })
  .meta({ id: 'ContainmentBreak' })
export type ContainmentBreak = z.infer<typeof ContainmentBreak>

export const Containment = z
  .object({
    version: z.number().int().describe('of the definition in force'),
    from: Day,
    to: Day,
    total: ContainmentNumbers,
    by: ContainmentBy,
    groups: z
      .array(z.object({ key: z.string(), title: Title.nullable(), numbers: ContainmentNumbers }))
      .describe('most visits first; at most 200. A visit through several flows counts in each'),
    days: z.array(z.object({ day: Day, numbers: ContainmentNumbers })),
    breaks: z.array(ContainmentBreak),
  })
  .meta({ id: 'Containment' })
export type Containment = z.infer<typeof Containment>

export const containment = {
  readContainment: {
    method: 'GET',
    path: '/api/v1/measures/containment',
    summary:
      'What became of visits to the assistant: left without an agent, task done, contained for 24 h and 7 days; at most 366 days',
    access: ['supervisor', 'designer', 'admin', 'service:read'],
    idempotency: 'safe',
    query: z.object({ from: Day, to: Day, by: ContainmentBy.default('flow') }),
    response: Containment,
    errors: ['invalid_request'],
  },
} as const satisfies Contract
