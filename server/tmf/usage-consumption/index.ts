/**
 * TMF677 Usage Consumption: what has been used of a line's packages and what is left. Both shapes of version 4 are served: the report of
 * 4.0.0 and the query of 4.0.1. Each is about one line and has its id; it is made when it is asked for.
 */
import type { LineIdentity } from '../../operator/edge/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { lineOf } from '../core/ids.ts'
import { type Anchors, linesAsked, lookAtLine } from '../core/lines-asked.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { type LineRead, mapQuery, mapReport } from './map-usage.ts'
import { QueryAsked, QueryUsageConsumption, UsageConsumptionReport } from './schema.ts'

const NUMBER_OF_REPORT = 'bucket.product.publicIdentifier'
const NUMBER_OF_QUERY = 'searchCriteria.logicalResource.id'

const ofLine =
  <T>(map: (call: Call, line: LineIdentity, read: LineRead) => T) =>
  async (call: Call, line: LineIdentity): Promise<T[]> => {
    const read = await call.room.lines.edge.readLine(call.db, line.id)
    return read ? [map(call, line, read)] : []
  }
const reportOf = ofLine(mapReport)
const queryAnswerOf = ofLine(mapQuery)

const usageConsumptionReport = resource({
  name: 'usageConsumptionReport',
  schema: UsageConsumptionReport,
  numbers: [NUMBER_OF_REPORT],
  list: async function* (call: Call, query: Query) {
    const anchors: Anchors = {
      id: 'line',
      'bucket.product.id': 'line',
      [NUMBER_OF_REPORT]: 'msisdn',
      'relatedParty.id': 'party',
    }
    for (const line of await linesAsked(call, query, anchors, 'glance')) yield await reportOf(call, line)
  },
  read: async (call, id) => {
    const line = await lookAtLine(call, id, 'glance')
    return line && (await reportOf(call, line))[0]
  },
})

const queryUsageConsumption = resource({
  name: 'queryUsageConsumption',
  schema: QueryUsageConsumption,
  numbers: [NUMBER_OF_QUERY],
  list: async function* (call: Call, query: Query) {
    const anchors: Anchors = {
      id: 'line',
      'usageConsumption.product.id': 'line',
      [NUMBER_OF_QUERY]: 'msisdn',
    }
    for (const line of await linesAsked(call, query, anchors, 'glance')) yield await queryAnswerOf(call, line)
  },
  read: async (call, id) => {
    const line = await lookAtLine(call, id, 'glance')
    return line && (await queryAnswerOf(call, line))[0]
  },
  create: {
    body: QueryAsked,
    run: async (call, { searchCriteria }) => {
      const lineId = await lineAsked(call, searchCriteria)
      const line = found(await lookAtLine(call, lineId, 'glance'), 'line')
      return found((await queryAnswerOf(call, line))[0], 'line')
    },
  },
})

type Criteria = {
  readonly logicalResource?: { id: string }[] | undefined
  readonly product?: { id: string }[] | undefined
}

async function lineAsked({ db, room }: Call, { logicalResource, product }: Criteria): Promise<string> {
  const { edge, normalise } = room.lines
  const number = logicalResource?.[0]?.id
  if (number !== undefined) {
    const line = await edge.findLineByMsisdn(db, normalise(number) ?? number)
    return found(line, 'line').id
  }
  const productId = product?.[0]?.id
  if (productId === undefined)
    throw new Refusal('invalid_request', { in: 'body', needsOneOf: ['logicalResource.id', 'product.id'] })
  return lineOf(productId)
}

export const usageConsumption: Api = {
  name: 'usageConsumption',
  resources: [usageConsumptionReport, queryUsageConsumption],
}
