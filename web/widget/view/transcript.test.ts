import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../../../contracts/chat.ts'
import { emptyLane, mergePage } from '../core/lane.ts'
import type { Unsent } from '../core/outbox.ts'
import { type ChatView, emptyView, unreadOf } from '../core/view.ts'
import { transcriptOf } from './transcript.ts'

const said = (
  seq: number,
  from: ChatMessage['from'],
  at: string,
  part: Partial<ChatMessage> = {},
): ChatMessage => ({
  seq,
  id: from === 'visitor' ? `own-${seq}` : null,
  from,
  name: null,
  text: `said ${seq}`,
  edited: false,
  attachments: [],
  buttons: [],
  at,
  ...part,
})
const viewOf = (messages: ChatMessage[], part: Partial<ChatView> = {}): ChatView => ({
  ...emptyView,
  lane: mergePage(emptyLane, { messages, lastSeq: messages.length }, 0),
  ...part,
})
const unsent = (id: string, part: Partial<Unsent> = {}): Unsent => ({
  id,
  text: id,
  attachmentIds: [],
  writtenAt: '2026-03-02T12:00:00.000Z',
  ...part,
})
const messagesIn = (view: ChatView) =>
  transcriptOf(view).flatMap((item) => (item.kind === 'message' ? item : []))

describe('the conversation as drawn', () => {
  test('begins every day with a separator', () => {
    const view = viewOf([
      said(1, 'visitor', '2026-03-01T12:00:00.000Z'),
      said(2, 'agent', '2026-03-01T12:01:00.000Z'),
      said(3, 'agent', '2026-03-02T12:00:00.000Z'),
    ])
    expect(transcriptOf(view).map(({ kind }) => kind)).toEqual([
      'day',
      'message',
      'message',
      'day',
      'message',
    ])
  })

  test('joins what one person says within five minutes', () => {
    const view = viewOf([
      said(1, 'agent', '2026-03-01T12:00:00.000Z'),
      said(2, 'agent', '2026-03-01T12:04:00.000Z'),
      said(3, 'agent', '2026-03-01T12:10:00.000Z'),
    ])
    expect(messagesIn(view).map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ])
  })

  test('says how an own message stands', () => {
    const view = viewOf(
      [said(1, 'visitor', '2026-03-02T11:00:00.000Z'), said(2, 'visitor', '2026-03-02T11:01:00.000Z')],
      {
        readByAgent: 1,
        settling: [unsent('settling')],
        unsent: [unsent('bad', { failed: 'invalid_request' }), unsent('head'), unsent('tail')],
      },
    )
    expect(messagesIn(view).map(({ state }) => state)).toEqual([
      'read',
      'sent',
      'sent',
      'failed',
      'sending',
      'waiting',
    ])
  })

  test('offers the buttons of the last message only', () => {
    const buttons = [{ title: 'Да', payload: 'yes' }]
    const view = viewOf([
      said(1, 'agent', '2026-03-01T12:00:00.000Z', { buttons }),
      said(2, 'agent', '2026-03-01T12:01:00.000Z', { buttons }),
    ])
    expect(messagesIn(view).map(({ asking }) => asking)).toEqual([false, true])
    expect(messagesIn({ ...view, unsent: [unsent('answer')] }).some(({ asking }) => asking)).toBe(false)
  })

  test('counts as unread what the other side said after the visitor last looked', () => {
    const view = viewOf([
      said(1, 'agent', '2026-03-01T12:00:00.000Z'),
      said(2, 'visitor', '2026-03-01T12:01:00.000Z'),
      said(3, 'agent', '2026-03-01T12:02:00.000Z'),
      said(4, 'agent', '2026-03-01T12:02:00.000Z', { text: null }),
    ])
    expect(unreadOf({ ...view, readByVisitor: 1 })).toBe(1)
  })
})
