import { expect, test } from 'vitest'
import type { Entry } from '../../../contracts/entries.ts'
import type { LaneSeqs } from './lane-cursors.ts'
import { createWatches } from './watches.ts'

const entry = (laneId: string, seq: number): Entry => ({
  laneId,
  seq,
  kind: 'message',
  direction: 'in',
  channel: 'max',
  author: { kind: 'subscriber', id: null, name: null },
  body: { type: 'message', text: `${seq}` },
  attachments: [],
  supersedes: null,
  providerAt: null,
  receivedAt: '2026-11-24T10:00:00.000Z',
  storedAt: '2026-11-24T10:00:00.000Z',
  late: false,
  conversationId: null,
  delivery: null,
})

function aWatch() {
  const asked: LaneSeqs[] = []
  const gaveUp: string[] = []
  const watches = createWatches({
    ask: (_, laneSeqs) => asked.push(laneSeqs),
    giveUp: (id) => gaveUp.push(id),
  })
  watches.set('one', { a: 3 })
  return { watches, asked, gaveUp }
}

test('a gap is asked for from where the lane is known', () => {
  const { watches, asked } = aWatch()
  expect(watches.admit([entry('a', 6)])).toEqual([])
  expect(asked.at(-1)).toEqual({ a: 3 })
})

test('after three repairs without anything new the timeline is given up to be read again', () => {
  const { watches, gaveUp } = aWatch()
  for (let time = 0; time < 4; time++) watches.compare({ a: 9 })
  expect(gaveUp).toEqual(['one'])
})

test('something new starts the count afresh', () => {
  const { watches, gaveUp } = aWatch()
  for (let time = 0; time < 3; time++) watches.compare({ a: 9 })
  watches.admit([entry('a', 4)])
  watches.compare({ a: 9 })
  expect(gaveUp).toEqual([])
})

test('after a reconnect it asks from what it has meanwhile', () => {
  const { watches, asked } = aWatch()
  watches.admit([entry('a', 4), entry('a', 5)])
  watches.renew()
  expect(asked.at(-1)).toEqual({ a: 5 })
})

test('an entry of two watched conversations is shown once', () => {
  const { watches } = aWatch()
  watches.set('two', { a: 3 })
  expect(watches.admit([entry('a', 4)])).toHaveLength(1)
})
