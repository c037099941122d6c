/**
 * TMF654 Prepay Balance: money and packages of a line, as they are now. Read only: what moves money is an order (TMF622) or a payment
 * (TMF676), where limits and consent are looked at.
 */
import type { LineIdentity } from '../../operator/edge/index.ts'
import type { Call } from '../core/call.ts'
import { lineOf } from '../core/ids.ts'
import { type Anchors, everyLine, linesAsked, lookAtLine } from '../core/lines-asked.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { type LineRead, mapBalances, mapBuckets } from './map-buckets.ts'
import { AccumulatedBalance, Bucket } from './schema.ts'

const NUMBER = 'logicalResource.id'
const ANCHORS: Anchors = {
  id: 'line',
  'product.id': 'line',
  'partyAccount.id': 'line',
  [NUMBER]: 'msisdn',
  'relatedParty.id': 'party',
}

type MapLine<T> = (call: Call, line: LineIdentity, read: LineRead) => T[]

/** Things made of a line at a glance: all of the lines that are asked for, or one. */
const ofLines = <T extends { readonly id: string }>(map: MapLine<T>) => {
  const of = async (call: Call, line: LineIdentity) => {
    const read = await call.room.lines.edge.readLine(call.db, line.id)
    return read ? map(call, line, read) : []
  }
  return {
    list: async function* (call: Call, query: Query) {
      for (const line of await linesAsked(call, query, ANCHORS, 'glance')) yield await of(call, line)
    },
    everybody: everyLine(ANCHORS, of),
    read: async (call: Call, id: string) => {
      const line = await lookAtLine(call, lineOf(id), 'glance')
      return line && (await of(call, line)).find((one) => one.id === id)
    },
  }
}

const bucket = resource({ name: 'bucket', schema: Bucket, numbers: [NUMBER], ...ofLines(mapBuckets) })

const accumulatedBalance = resource({
  name: 'accumulatedBalance',
  schema: AccumulatedBalance,
  numbers: [NUMBER],
  ...ofLines(mapBalances),
})

export const prepayBalance: Api = {
  name: 'prepayBalanceManagement',
  resources: [bucket, accumulatedBalance],
}
