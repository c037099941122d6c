import { recordChange } from '../care/audit/index.ts'
import { type Doer, forgetSightings, type SubscriberEvent } from '../care/subscribers/index.ts'
import { appendEntry, laneOfContactPoint, type TimelineContext } from '../care/timeline/index.ts'
import { announce } from '../platform/bus/index.ts'
import { afterCommit, type Executor } from '../platform/database/index.ts'

const MARKS = {
  'contact-point-linked': 'linked',
  'contact-point-unlinked': 'unlinked',
  'contact-point-proved': 'proved',
} as const

const OUTSIDE = {
  'contact-point-linked': 'contact-point.linked',
  'contact-point-unlinked': 'contact-point.unlinked',
} as const

type Hearing = Pick<TimelineContext, 'clock' | 'bus' | 'outside'>

/** What the timeline and the audit keep of what happens to people: a mark on the lane, and screens that look again. */
export async function hearOfSubscribers(
  tx: Executor,
  context: Hearing,
  event: SubscriberEvent,
): Promise<void> {
  switch (event.kind) {
    case 'contact-point-linked':
    case 'contact-point-unlinked':
    case 'contact-point-proved':
      return leaveMark(tx, context, event)
    case 'subscriber-changed':
      await auditChange(tx, context, event.by, event.kind, `subscriber:${event.subscriberId}`, {
        fields: event.fields,
      })
      return tellScreens(tx, context, event.contactPointIds)
    case 'contact-points-erased':
      afterCommit(tx, () => forgetSightings(event.contactPointIds))
      return tellScreens(tx, context, event.contactPointIds)
    case 'lines-of-person-changed':
    case 'likeness-found':
      return tellScreens(tx, context, event.contactPointIds)
    case 'suggestion-dismissed':
      return auditChange(tx, context, event.by, event.kind, `suggestion:${event.suggestionId}`, {
        contactPointIds: event.contactPointIds,
      })
  }
}

type Marked = Extract<SubscriberEvent, { kind: keyof typeof MARKS }>

async function leaveMark(tx: Executor, context: Hearing, event: Marked): Promise<void> {
  const { kind, contactPointId, at: _at, by, ...rest } = event
  // Instants become text, as they stand in the body.
  const facts: Record<string, unknown> = JSON.parse(JSON.stringify({ ...rest, by: by.name }))
  const laneId = await laneOfContactPoint(tx, contactPointId)
  const { seq } = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'internal',
    author: by.kind === 'agent' ? { kind: 'agent', id: by.id } : { kind: 'system', id: null },
    body: { type: 'mark', mark: MARKS[kind], facts },
  })
  if (event.kind !== 'contact-point-proved') {
    const { subscriberId, linkId } = event
    await context.outside.tell(tx, [
      { event: OUTSIDE[event.kind], laneId, ids: { contactPointId, subscriberId, linkId } },
    ])
  }
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
  tellScreens(tx, context, [contactPointId])
  // What somebody typed as a reason stands on the lane and the link, where it can be erased.
  const { reason: _reason, ...kept } = facts
  await auditChange(tx, context, by, kind, `contact-point:${contactPointId}`, kept)
}

/** What proofs and rules do by themselves stands on the lane; the audit keeps what people and systems did. */
async function auditChange(
  tx: Executor,
  { clock }: Hearing,
  by: Doer,
  act: string,
  subject: string,
  after: unknown,
): Promise<void> {
  if (by.kind === 'system') return
  await recordChange(tx, clock, { actor: by, act, subject, after })
}

function tellScreens(tx: Executor, { bus }: Hearing, contactPointIds: readonly string[]): void {
  announce(tx, bus, { type: 'person', contactPointIds })
  announce(tx, bus, { type: 'inbox' })
}

/**
 * This process remembers who stands behind an address. Whatever happens to people on any node, it looks again: an erased
 * address must not lead to the erased.
 */
export function lookAgainWhenPeopleChange(bus: Hearing['bus']): () => void {
  return bus.subscribe((notice) => {
    if (notice.type === 'person') forgetSightings(notice.contactPointIds)
  })
}
