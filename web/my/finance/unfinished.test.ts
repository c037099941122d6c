import { v7 as uuid } from 'uuid'
import { expect, test } from 'vitest'
import type { TopUp } from '../../../contracts/payments.ts'
import { toldTopUps } from './unfinished.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const aTopUp = (part: Partial<TopUp>): TopUp => ({
  id: uuid(),
  lineId: uuid(),
  amountKopecks: 30_000,
  state: 'succeeded',
  reason: null,
  redirectUrl: null,
  automatic: false,
  startedAt: '2026-11-26T11:00:00.000Z',
  settledAt: null,
  refundedKopecks: 0,
  receipt: null,
  ...part,
})

test('tells of whatever can still be gone on with, however many came after it', () => {
  const [waiting, unknown] = [aTopUp({ state: 'waiting' }), aTopUp({ state: 'unknown' })]
  expect(toldTopUps([aTopUp({}), waiting, unknown], NOW)).toEqual([waiting, unknown])
})

test('tells of what came to nothing while it is the last one, for some days', () => {
  const failed = aTopUp({ state: 'failed' })
  const expired = aTopUp({ state: 'expired' })
  expect(toldTopUps([failed, expired], NOW)).toEqual([failed])
  expect(toldTopUps([aTopUp({}), expired], NOW)).toEqual([])
  const longAgo = aTopUp({ state: 'expired', startedAt: '2026-11-20T11:00:00.000Z' })
  expect(toldTopUps([longAgo], NOW)).toEqual([])
})

test('says nothing of what is charged by itself: nobody can go on with it', () => {
  const charges = (['created', 'failed'] as const).map((state) => aTopUp({ state, automatic: true }))
  expect(toldTopUps(charges, NOW)).toEqual([])
})
