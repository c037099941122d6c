import type { SubscriberEvent } from '../care/subscribers/index.ts'
import { appendEntry, type TimelineContext } from '../care/timeline/index.ts'
import { announce } from '../platform/bus/index.ts'
import type { Executor } from '../platform/database/index.ts'

const MARKS = {
  'contact-point-linked': 'linked',
  'contact-point-unlinked': 'unlinked',
  'contact-point-proved': 'proved',
} as const

/** What the timeline keeps of what happens to people: a mark on the lane, and screens that look again. */
export async function hearOfSubscribers(
  tx: Executor,
  context: Pick<TimelineContext, 'clock' | 'bus'>,
  event: SubscriberEvent,
): Promise<void> {
  switch (event.kind) {
    case 'contact-point-linked':
    case 'contact-point-unlinked':
    case 'contact-point-proved': {
      const { kind, contactPointId, at: _at, by, ...facts } = event
      const { seq } = await appendEntry(tx, context.clock, {
        laneId: contactPointId,
        direction: 'internal',
        author: by.kind === 'agent' ? { kind: 'agent', id: by.id } : { kind: 'system', id: null },
        body: {
          type: 'mark',
          mark: MARKS[kind],
          facts: JSON.parse(JSON.stringify({ ...facts, by: by.name })),
        },
      })
      announce(tx, context.bus, { type: 'entries', lanes: [{ laneId: contactPointId, seq }] })
      announce(tx, context.bus, { type: 'person', contactPointIds: [contactPointId] })
      return
    }
    case 'subscriber-changed':
    case 'likeness-found':
    case 'contact-points-erased':
      announce(tx, context.bus, { type: 'person', contactPointIds: event.contactPointIds })
      announce(tx, context.bus, { type: 'inbox' })
      return
  }
}
