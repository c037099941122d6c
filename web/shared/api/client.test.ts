import { describe, expect, test } from 'vitest'
import { conversations } from '../../../contracts/conversations.ts'
import { staff } from '../../../contracts/staff.ts'
import { createClient, urlOf } from './client.ts'
import { ApiProblem } from './problem.ts'
import { retryDelay } from './retry.ts'

const ID = '01a20e1f-8d3e-7763-9746-03cc1ee4dad0'
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const problem = (status: number, code: string, facts = {}) =>
  json(status, { type: '/problems/x', title: code, status, code, traceId: 't', facts })

/** A client whose network answers from a list; the last answer repeats. */
function aClient(...answers: (() => Response)[]) {
  const sent: Request[] = []
  let at = 0
  const fetcher = async (url: string | URL | Request, init?: RequestInit) => {
    sent.push(new Request(new URL(String(url), 'http://desk.example'), init))
    const answer = answers[Math.min(at++, answers.length - 1)]
    if (!answer) throw new TypeError('network')
    return answer()
  }
  return { call: createClient({ fetch: fetcher }), sent }
}

test('path parameters are escaped and empty query parts left out', () => {
  expect(
    urlOf({ path: '/api/v1/things/:id' }, { params: { id: 'a/b' }, query: { q: 'x y', after: undefined } }),
  ).toBe('/api/v1/things/a%2Fb?q=x+y')
})

describe('a call', () => {
  test('gives the parsed answer', async () => {
    const { call } = aClient(() => json(200, { done: true }))
    expect(await call(staff.signOut, {})).toEqual({ done: true })
  })
  test('turns a problem document into a problem with its facts', async () => {
    const { call } = aClient(() => problem(409, 'already_claimed', { assignee: 'Анна' }))
    await expect(call(conversations.claimConversation, { params: { id: ID } })).rejects.toMatchObject({
      code: 'already_claimed',
      status: 409,
      facts: { assignee: 'Анна' },
    })
  })
  test('refuses an answer that does not fit its schema', async () => {
    const { call } = aClient(() => json(200, { done: 'maybe' }))
    await expect(call(staff.signOut, {})).rejects.toMatchObject({ code: 'bad_answer' })
  })
  test('repeats a read when the service was away', async () => {
    const { call, sent } = aClient(
      () => problem(503, 'database_unavailable', { retryAfterMs: 1 }),
      () => json(200, []),
    )
    expect(await call(staff.listSessions, {})).toEqual([])
    expect(sent).toHaveLength(2)
  })
  test('repeats a keyed write once, under the same key', async () => {
    const { call, sent } = aClient(() => problem(503, 'unavailable', { retryAfterMs: 1 }))
    const body = { laneId: ID, fromSeq: 1 }
    await expect(call(conversations.splitConversation, { params: { id: ID }, body })).rejects.toMatchObject({
      code: 'unavailable',
    })
    const keys = sent.map((one) => one.headers.get('idempotency-key'))
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
  })
  test('says that the person is here only when asked to', async () => {
    const { call, sent } = aClient(() => json(200, []))
    await call(staff.listSessions, {})
    await call(staff.listSessions, { active: true })
    expect(sent.map((one) => one.headers.get('x-otklik-active'))).toEqual([null, '1'])
  })
  test('never repeats a write without a key, nor a refusal', async () => {
    const { call, sent } = aClient(() => problem(503, 'unavailable', { retryAfterMs: 1 }))
    await expect(call(staff.signOut, {})).rejects.toBeInstanceOf(ApiProblem)
    expect(sent).toHaveLength(1)
  })
})

test('the server’s wish to wait is obeyed, with jitter, up to five seconds', () => {
  const away = new ApiProblem('unavailable', 503, { retryAfterMs: 60_000 })
  expect(retryDelay(away, 0, () => 0.5)).toBe(5000)
  expect(retryDelay(new ApiProblem('forbidden', 403), 0)).toBeNull()
})
