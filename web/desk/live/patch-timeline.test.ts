import { describe, expect, test } from 'vitest'
import type { Delivery, Entry } from '../../../contracts/entries.ts'
import { refreshEntries, type Timeline } from './patch-timeline.ts'

const delivery = (state: Delivery['state'], changedAt: string): Delivery => ({
  messageId: '019a0000-0000-7000-8000-000000000001',
  state,
  reason: null,
  retryable: false,
  attempts: 1,
  nextAttemptAt: null,
  afterUnconfirmed: false,
  changedAt,
})
const entry = (seq: number, of: Delivery | null): Entry => ({
  laneId: 'a',
  seq,
  kind: 'message',
  direction: 'out',
  channel: 'max',
  author: { kind: 'agent', id: null, name: null },
  body: { type: 'message', text: `${seq}` },
  attachments: [],
  supersedes: null,
  providerAt: null,
  receivedAt: '2026-11-24T10:00:00.000Z',
  storedAt: '2026-11-24T10:00:00.000Z',
  late: false,
  conversationId: null,
  delivery: of,
})
const shown = (...entries: Entry[]): Timeline => ({
  pages: [{ entries, before: null, laneSeqs: { a: entries.length } }],
  pageParams: [''],
})

describe('reading shown entries again', () => {
  test('brings what became of a message while nobody listened', () => {
    const before = shown(entry(1, delivery('sending', '2026-11-24T10:00:01.000Z')))
    const after = refreshEntries(before, [entry(1, delivery('failed', '2026-11-24T10:00:09.000Z'))])
    expect(after.pages[0]?.entries[0]?.delivery?.state).toBe('failed')
  })

  test('does not set back what a notice has moved on meanwhile', () => {
    const before = shown(entry(1, delivery('sent', '2026-11-24T10:00:09.000Z')))
    const after = refreshEntries(before, [entry(1, delivery('sending', '2026-11-24T10:00:01.000Z'))])
    expect(after.pages[0]?.entries[0]?.delivery?.state).toBe('sent')
  })

  test('adds nothing: what is new comes by its lane, without a gap', () => {
    const before = shown(entry(1, null))
    const after = refreshEntries(before, [entry(1, null), entry(9, null)])
    expect(after.pages[0]?.entries.map((one) => one.seq)).toEqual([1])
    expect(after.pages[0]?.laneSeqs).toEqual({ a: 1 })
  })
})
