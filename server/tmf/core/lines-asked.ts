import { Id } from '../../../contracts/primitives.ts'
import { requireLook, type Seen } from '../../care/lines/index.ts'
import { subscribersOfParties } from '../../care/subscribers/index.ts'
import type { LineIdentity } from '../../operator/edge/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Call } from './call.ts'
import { lineOf } from './ids.ts'
import { isExact, type Query } from './query.ts'
import type { Everybody } from './walk.ts'
import type { Whose } from './whose.ts'

/** What an attribute says about whose lines are meant. */
export type Anchor = 'line' | 'msisdn' | 'party'
export type Anchors = Readonly<Record<string, Anchor>>

/** Twenty numbers a citizen by Russian law; a firm's fleet is asked for line by line. */
const MOST_LINES = 20

/**
 * The lines that a list is about, each looked at as the caller may: recorded like every other read. One of the anchors must be filtered by
 * one exact value: nobody walks through everybody's data. Refuses with `invalid_request` (no anchor, too many lines).
 */
export async function linesAsked(
  call: Call,
  { conditions }: Query,
  anchors: Anchors,
  seen: Seen,
): Promise<LineIdentity[]> {
  const exact = conditions.filter((one) => isExact(one) && one.attribute in anchors)
  // A number first: it is not compared again with what is told of it.
  const asked = exact.find(({ attribute }) => anchors[attribute] === 'msisdn') ?? exact[0]
  const [value = ''] = asked?.values ?? []
  const anchor = asked && anchors[asked.attribute]
  if (anchor === undefined)
    throw new Refusal('invalid_request', { in: 'query', needsOneOf: Object.keys(anchors) })
  const ids = await lineIds(call, anchor, value)
  if (ids.length > MOST_LINES)
    throw new Refusal('invalid_request', { in: 'query', lines: ids.length, most: MOST_LINES })
  const lines = await Promise.all(ids.map((id) => lookAtLine(call, id, seen)))
  return lines.filter((line) => line !== undefined)
}

/** The things of all lines, for who may have everybody's. What is read of each line must be read together with the others' (`shareReads`). */
export const everyLine = <T>(
  anchors: Anchors,
  thingsOf: (call: Call, line: LineIdentity) => Promise<readonly T[]>,
): Everybody<T> => ({
  anchors: Object.keys(anchors),
  walk: async (call, ask) => {
    const { items, next } = await call.room.lines.edge.walkLines(call.db, ask)
    const whose = await whoseLines(call, items)
    const walked = await Promise.all(
      items.map(async (line, place) =>
        (await thingsOf(call, line)).map((thing) => ({ thing, whose: whose[place] ?? {} })),
      ),
    )
    return { items: walked.flat(), next }
  },
})

/** Whom the audit keeps as whose things of lines are, in their order: the owner, if we have met them. */
export async function whoseLines(
  { db }: Call,
  lines: readonly (LineIdentity | undefined)[],
): Promise<Whose[]> {
  const owners = lines.map((line) => line?.people[0]?.partyId)
  const met = await subscribersOfParties(
    db,
    owners.flatMap((one) => one ?? []),
  )
  return lines.map((line, place) => ({
    subscriberId: met.get(owners[place] ?? ''),
    contactPointId: line?.id,
  }))
}

async function lineIds({ db, room }: Call, anchor: Anchor, value: string): Promise<string[]> {
  const { edge } = room.lines
  if (anchor === 'line') return [lineOf(value)]
  if (anchor === 'party')
    return Id.safeParse(value).success ? (await edge.linesOfParty(db, value)).map(({ id }) => id) : []
  const line = await edge.findLineByMsisdn(db, room.lines.normalise(value) ?? value)
  return line ? [line.id] : []
}

/** A line that the caller may look at; undefined = there is none for them. */
export async function lookAtLine(
  { db, room, actor, address }: Call,
  lineId: string,
  seen: Seen,
): Promise<LineIdentity | undefined> {
  if (!Id.safeParse(lineId).success) return undefined
  const line = await room.lines.edge.findLine(db, lineId)
  if (line) await requireLook(db, room.lines, actor, lineId, seen, address)
  return line
}
