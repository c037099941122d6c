import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelAdapter, SendResult } from '../../server/care/timeline/index.ts'
import { createMaxAdapter } from '../../server/channels/max/index.ts'
import { createTelegramAdapter } from '../../server/channels/telegram/index.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { createOutgoing, type Outgoing } from '../../server/platform/outgoing/index.ts'
import { anAccount, silentLog } from './doorstep.ts'
import { anOutgoingMessage } from './outgoing-message.ts'

/** What the next request is answered: by the channel, or by whatever stands before it. */
let answer: { readonly status: number; readonly body: string }
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(answer.status).end(answer.body)
  })
})
let base: string
let outgoing: Outgoing
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  outgoing = createOutgoing({ allowPrivate: [base] })
})
afterAll(async () => {
  await outgoing.close()
  server.close()
})

const depsOf = () => ({ outgoing, clock: systemClock, log: silentLog, publicUrl: 'https://otklik.example' })
const doors: readonly {
  readonly kind: 'max' | 'telegram'
  adapter(): ChannelAdapter
  ownWords(status: number, words?: string): string
}[] = [
  {
    kind: 'max',
    adapter: () => createMaxAdapter(depsOf()),
    ownWords: (_status, message = 'trouble') => JSON.stringify({ code: 'internal.error', message }),
  },
  {
    kind: 'telegram',
    adapter: () => createTelegramAdapter(depsOf()),
    ownWords: (error_code, description = 'trouble') => JSON.stringify({ ok: false, error_code, description }),
  },
]
const page = (title: string) =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><hr>nginx</body></html>`
const RESET =
  'upstream connect error or disconnect/reset before headers. reset reason: connection termination'

describe.each(doors)('what an answer of $kind says of a message', ({ kind, adapter, ownWords }) => {
  const sendAndHear = (status: number, body: string): Promise<SendResult | undefined> => {
    answer = { status, body }
    const account = anAccount(kind, { apiBase: base }, { token: '1:a' })
    return adapter().send?.(account, anOutgoingMessage('70000001')) ?? Promise.resolve(undefined)
  }

  test.each([429, 500, 503])('%i in its own words: it did nothing, so it is tried again', async (status) => {
    expect(await sendAndHear(status, ownWords(status))).toMatchObject({ outcome: 'retry' })
  })

  test.each([502, 504])('%i is the word of a gateway, in whose clothes ever: unknown', async (status) => {
    expect(await sendAndHear(status, ownWords(status))).toMatchObject({ outcome: 'unknown' })
    expect(await sendAndHear(status, page(`${status}`))).toMatchObject({ outcome: 'unknown' })
  })

  test.each([
    [200, page('Welcome')],
    [500, page('500 Internal Server Error')],
    [500, '{"message":"An unexpected error occurred"}'],
    [520, page('520')],
    [524, page('524: A timeout occurred')],
    [503, RESET],
  ])('%i that somebody else says may come after it was done: unknown (%s)', async (status, body) => {
    expect(await sendAndHear(status, body)).toMatchObject({ outcome: 'unknown' })
  })

  test('503 of whatever stands before it: nobody could be asked, so it is tried again', async () => {
    const expected = { outcome: 'retry', reason: 'status 503' }
    expect(await sendAndHear(503, page('503 Service Temporarily Unavailable'))).toMatchObject(expected)
    expect(await sendAndHear(503, '')).toMatchObject(expected)
  })

  test.each([401, 403, 404, 413])(
    '%i of whatever stands before it fails the message, and says nothing of the person or the key',
    async (status) => {
      expect(await sendAndHear(status, page(`${status}`))).toEqual({
        outcome: 'failed',
        reason: `status ${status}`,
      })
    },
  )

  test('its own no to the key or the person counts', async () => {
    expect(await sendAndHear(401, ownWords(401))).toMatchObject({ reason: 'channel_token_revoked' })
    expect(await sendAndHear(403, ownWords(403))).toMatchObject({ outcome: 'failed', unreachable: true })
  })
})

test('Telegram’s server that starts anew says so to requests that it has in hand, too: unknown', async () => {
  const [, telegram] = doors
  answer = { status: 500, body: telegram!.ownWords(500, 'Internal Server Error: restart') }
  const account = anAccount('telegram', { apiBase: base }, { token: '1:a' })
  expect(await telegram!.adapter().send!(account, anOutgoingMessage('70000001'))).toMatchObject({
    outcome: 'unknown',
  })
})
