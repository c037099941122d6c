import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aReceiver, type Receiver } from '../core/receiver.test-support.ts'
import { demoTokens, startWorld, type World } from '../index.ts'

describe('the SMS centre', () => {
  let world: World
  let receiver: Receiver
  const secret = 'a-secret-of-the-callback'
  const call = (
    method: string,
    path: string,
    body?: object,
    token: string = demoTokens.sms,
  ): Promise<Response> => {
    const authorization = `Bearer ${token}`
    if (!body) return fetch(`${world.url}/sms${path}`, { method, headers: { authorization } })
    const headers = { authorization, 'content-type': 'application/json' }
    return fetch(`${world.url}/sms${path}`, { method, headers, body: JSON.stringify(body) })
  }
  const code = { from: 'Otklik', to: '79000000101', text: 'Код 4821', reference: 'r-1' }
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.01 })
    receiver = await aReceiver()
    expect((await call('PUT', '/callback', { url: receiver.url, secret })).status).toBe(200)
  })
  afterEach(async () => {
    await world.close()
    await receiver.close()
  })

  test('brings a message to the phone once per reference, and signs its receipt', async () => {
    const sent = await call('POST', '/messages', code)
    expect(sent.status).toBe(202)
    const { id } = (await sent.json()) as { id: string }
    const again = await call('POST', '/messages', code)
    expect([again.status, await again.json()]).toEqual([200, { id, parts: 1 }])
    await vi.waitFor(() => expect(receiver.got).toHaveLength(1))
    const { raw, body, headers } = receiver.got[0]!
    expect(body).toMatchObject({ type: 'receipt', messageId: id, reference: 'r-1', status: 'delivered' })
    expect(headers['x-sms-signature']).toBe(
      `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`,
    )
    expect(world.view('sms', 'anna').messages).toMatchObject([{ from: 'operator', text: 'Код 4821' }])
    expect(world.sms.sentTo('79000000101')).toHaveLength(1)
  })

  test('a phone that is off gives an undelivered receipt and shows nothing', async () => {
    await world.act('sms', 'anna', { act: 'block' })
    await call('POST', '/messages', code)
    await vi.waitFor(() => expect(receiver.got[0]?.body.status).toBe('undelivered'))
    expect(world.view('sms', 'anna').messages).toEqual([])
  })

  test('brings what a person writes, in order, until it is taken', async () => {
    receiver.answers.push(500)
    await world.act('sms', 'anna', { act: 'text', text: 'СТОП' })
    await world.act('sms', 'anna', { act: 'text', text: 'Ой' })
    await vi.waitFor(() => expect(receiver.got.map((one) => one.body.text)).toEqual(['СТОП', 'СТОП', 'Ой']))
    expect(receiver.got[0]?.body).toMatchObject({ type: 'message', from: '79000000101', to: '0611' })
    expect(receiver.got[0]?.body.id).toBe(receiver.got[1]?.body.id)
  })

  test('refuses a wrong token, a wrong number, too much; faults can be planned', async () => {
    expect((await call('POST', '/messages', code, 'wrong')).status).toBe(401)
    expect((await call('POST', '/messages', { ...code, to: '+7 900' })).status).toBe(400)
    world.faults.plan({ service: 'sms', method: 'POST /messages', kind: '429', retryAfterS: 3 })
    const throttled = await call('POST', '/messages', code)
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3'])
    world.faults.plan({ service: 'sms', kind: 'drop' })
    await expect(call('POST', '/messages', code)).rejects.toThrow()
    expect(world.sms.sentTo('79000000101')).toEqual([])
    world.faults.plan({ service: 'sms', kind: 'drop-after-accept' })
    await expect(call('POST', '/messages', code)).rejects.toThrow()
    expect(world.sms.sentTo('79000000101')).toHaveLength(1)
  })

  test('an answer that never comes leaves the message sent', async () => {
    world.faults.plan({ service: 'sms', kind: 'timeout-after-accept' })
    const init = {
      method: 'POST',
      headers: { authorization: `Bearer ${demoTokens.sms}`, 'content-type': 'application/json' },
    }
    const sending = fetch(`${world.url}/sms/messages`, {
      ...init,
      body: JSON.stringify(code),
      signal: AbortSignal.timeout(150),
    })
    await expect(sending).rejects.toThrow(/timeout/)
    expect(world.sms.sentTo('79000000101')).toHaveLength(1)
  })
})
