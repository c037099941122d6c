import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../../contracts/chat.ts'
import { type Delivered, emptyLane, type Lane, mergePage, mergePush, messagesOf } from './lane.ts'

const aMessage = (seq: number, text: string | null = `said ${seq}`, edited = false): ChatMessage => ({
  seq,
  id: null,
  from: 'agent',
  name: null,
  text,
  edited,
  attachments: [],
  buttons: [],
  at: '2026-01-01T00:00:00.000Z',
})

/** What happened in a lane: something said, an edit or a deletion of what was said, or what a visitor may not see. */
type Happening = { kind: 'said' } | { kind: 'hidden' } | { kind: 'edited' | 'deleted'; which: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Happening>({ kind: 'said' }) },
  { weight: 2, arbitrary: fc.constant<Happening>({ kind: 'hidden' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('edited', 'deleted'), which: fc.nat(50) }) },
)

/** The server's side: a lane whose pages and pushes follow the contract. */
const serverLane = (happenings: readonly Happening[]) => {
  const visible = new Map<number, ChatMessage>()
  const touched: (number | undefined)[] = []
  const snapshots: Map<number, ChatMessage>[] = [new Map()]
  happenings.forEach((what, i) => {
    const seq = i + 1
    const target =
      what.kind === 'edited' || what.kind === 'deleted' ? [...visible.keys()][what.which] : undefined
    if (what.kind === 'said') visible.set(seq, aMessage(seq))
    if (target) visible.set(target, aMessage(target, what.kind === 'deleted' ? null : `edit ${seq}`, true))
    touched.push(what.kind === 'said' ? seq : target)
    snapshots.push(new Map(visible))
  })
  return {
    length: happenings.length,
    now: [...visible.values()],
    /** Everything after a seq up to another, as the messages stood when the lane ended at `to`. */
    stretch: (after: number, to: number): Delivered => ({
      lastSeq: to,
      messages: [...new Set(touched.slice(after, to))]
        .flatMap((seq) => (seq === undefined ? [] : (snapshots[to]?.get(seq) ?? [])))
        .sort((a, b) => a.seq - b.seq),
    }),
  }
}

const readToEnd = (lane: Lane, server: ReturnType<typeof serverLane>): Lane =>
  mergePage(lane, server.stretch(lane.cursor, server.length), lane.cursor)

describe('a lane as the browser holds it', () => {
  test('becomes the server’s lane, whatever pushes and pages were lost, repeated or reordered before', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 60 }),
        (happenings, deliveries) => {
          const server = serverLane(happenings)
          let lane = emptyLane
          for (const [a, b, isPage] of deliveries) {
            const [after, to] = [a % (server.length + 1), b % (server.length + 1)].sort((x, y) => x - y)
            const stretch = server.stretch(after!, to!)
            lane = isPage ? mergePage(lane, stretch, after!) : mergePush(lane, stretch).lane
            expect(messagesOf(lane).map(({ seq }) => seq)).toEqual(
              [...lane.held.keys()].sort((x, y) => x - y),
            )
          }
          expect(messagesOf(readToEnd(lane, server))).toEqual(server.now)
        },
      ),
    )
  })

  test('never moves its cursor over a message that it has not got', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
        (happenings, pushes) => {
          const server = serverLane(happenings)
          let lane = emptyLane
          for (const [a, b] of pushes) {
            const [after, to] = [a % (server.length + 1), b % (server.length + 1)].sort((x, y) => x - y)
            lane = mergePush(lane, server.stretch(after!, to!)).lane
          }
          const missed = server.now.filter(({ seq }) => seq <= lane.cursor && !lane.held.has(seq))
          expect(missed).toEqual([])
        },
      ),
    )
  })

  test('asks for a page when a push does not join what is here', () => {
    const { lane, gap } = mergePush(emptyLane, { messages: [aMessage(3)], lastSeq: 3 })
    expect(gap).toBe(true)
    expect(lane.cursor).toBe(0)
    expect(messagesOf(lane)).toHaveLength(1)
  })

  test('asks for nothing when the push joins', () => {
    const { lane, gap } = mergePush(emptyLane, { messages: [aMessage(1), aMessage(2)], lastSeq: 2 })
    expect(gap).toBe(false)
    expect(lane.cursor).toBe(2)
  })

  test('keeps an edit when an older copy of the message comes late', () => {
    const edited = mergePage(emptyLane, { messages: [aMessage(1, 'new', true)], lastSeq: 2 }, 0)
    const late = mergePush(edited, { messages: [aMessage(1, 'old')], lastSeq: 1 }).lane
    expect(messagesOf(late)[0]?.text).toBe('new')
  })
})
