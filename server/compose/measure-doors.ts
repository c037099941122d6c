import type { ChannelAdapter, InboundEvent } from '../care/timeline/index.ts'
import type { Metrics } from '../platform/telemetry/index.ts'

/**
 * The adapters, with what comes through each of them and what becomes of what leaves counted. Of doors whose other side reads the lane by
 * itself (the site's chat, the app) nothing is counted here: their requests are.
 */
export function measureDoors(metrics: Metrics, adapters: readonly ChannelAdapter[]): ChannelAdapter[] {
  const events = metrics.counter(
    'channel_events_total',
    'What a channel has told us, by kind: messages, edits, receipts …; repeats are counted, too',
    ['channel', 'kind'],
  )
  const sends = metrics.counter('channel_sends_total', 'Attempts to send, by what became of them', [
    'channel',
    'outcome',
  ])
  return adapters.map((adapter) => {
    const { kind: channel, send } = adapter
    if (!send) return adapter
    // From the start on: a channel that brings nothing is told as silent, not left out.
    events.inc({ channel, kind: 'message' }, 0)
    const counted = (read: InboundEvent[]): InboundEvent[] => {
      for (const { kind } of read) events.inc({ channel, kind })
      return read
    }
    return {
      ...adapter,
      parse: (account, payload) => {
        const read = adapter.parse(account, payload)
        return read instanceof Promise ? read.then(counted) : counted(read)
      },
      send: async (account, message) => {
        const result = await send(account, message)
        sends.inc({ channel, outcome: result.outcome })
        return result
      },
    }
  })
}
