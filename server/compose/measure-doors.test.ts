import { expect, test } from 'vitest'
import { anAccount } from '../../test/conformance/doorstep.ts'
import { anOutgoingMessage } from '../../test/conformance/outgoing-message.ts'
import type { ChannelAdapter, InboundEvent, SendResult } from '../care/timeline/index.ts'
import { createMetrics } from '../platform/telemetry/index.ts'
import { measureDoors } from './measure-doors.ts'

const ignored: InboundEvent = { kind: 'ignored', why: 'a test' }
const bare = { delivery: 'push', capabilities: {} as ChannelAdapter['capabilities'] } as const
const account = anAccount('telegram', {}, {})

test('what comes and what becomes of what leaves is counted by channel', async () => {
  const metrics = createMetrics()
  const outcomes: SendResult[] = [
    { outcome: 'sent', messageId: null },
    { outcome: 'failed', reason: 'no' },
    { outcome: 'sent', messageId: null },
  ]
  const [telegram, email, chat] = measureDoors(metrics, [
    { ...bare, kind: 'telegram', parse: () => [ignored, ignored], send: async () => outcomes.pop()! },
    { ...bare, kind: 'email', parse: async () => [ignored], send: async () => outcomes.pop()! },
    { ...bare, kind: 'web-chat', delivery: 'pull', parse: () => [] },
  ])
  expect(telegram!.parse(account, Buffer.alloc(0))).toEqual([ignored, ignored])
  expect(await email!.parse(account, Buffer.alloc(0))).toEqual([ignored])
  for (let n = 0; n < 3; n++) await telegram!.send!(account, anOutgoingMessage('1'))
  expect(chat).not.toHaveProperty('send')
  const { text } = await metrics.read()
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'otklik_channel_events_total{channel="telegram",kind="message"} 0',
      'otklik_channel_events_total{channel="telegram",kind="ignored"} 2',
      'otklik_channel_events_total{channel="email",kind="ignored"} 1',
      'otklik_channel_sends_total{channel="telegram",outcome="sent"} 2',
      'otklik_channel_sends_total{channel="telegram",outcome="failed"} 1',
    ]),
  )
})
