import { catalogue, type ZoneTerms } from '../../../contracts/catalogue.ts'
import {
  type ChargeItem,
  type ChargeSummary,
  type Line,
  type LineServices,
  type LineSettings,
  lines,
  type TariffComparison,
  type UsageRecord,
} from '../../../contracts/lines.ts'
import { my } from '../../../contracts/my.ts'
import { call } from './api.ts'
import { lookAgain, type Reading, useReading } from './reading.ts'

export const useHome = (lineId: string): Reading<Line> =>
  useReading(`line:${lineId}:home`, () => call(my.getMyHome, { query: { line: lineId } }))

export const useServices = (lineId: string): Reading<LineServices> =>
  useReading(`line:${lineId}:services`, () => call(lines.getLineServices, { params: { id: lineId } }))

/** What it costs abroad now. */
export const useZones = (): Reading<ZoneTerms[]> => useReading('zones', () => call(catalogue.listZones, {}))

export const useLineSettings = (lineId: string): Reading<LineSettings> =>
  useReading(`line:${lineId}:settings`, () => call(lines.getLineSettings, { params: { id: lineId } }))

export const useTariffs = (lineId: string): Reading<TariffComparison> =>
  useReading(`line:${lineId}:tariffs`, () => call(lines.compareTariffs, { params: { id: lineId } }))

export const useCharges = (lineId: string, month: string): Reading<ChargeSummary> =>
  useReading(`line:${lineId}:charges:${month}`, () =>
    call(lines.getChargeSummary, { params: { id: lineId }, query: { month } }),
  )

/** Movements of a month, newest first; as many pages as were asked for. */
export const useMovements = (
  lineId: string,
  month: string,
  pages: number,
): Reading<{ items: ChargeItem[]; more: boolean }> =>
  useReading(`line:${lineId}:movements:${month}:${pages}`, async () => {
    const items: ChargeItem[] = []
    let after: string | null | undefined
    for (let page = 0; page < pages && after !== null; page++) {
      const got = await call(lines.listCharges, {
        params: { id: lineId },
        query: { month, ...(after && { after }) },
      })
      items.push(...got.items)
      after = got.next
    }
    return { items, more: after !== null }
  })

/** Which calls, messages and data: of a month, of one of its days, of one kind. */
export interface UsageWanted {
  readonly month: string
  readonly day: number | null
  readonly type: UsageRecord['type'] | null
}

/** Usage, newest first; as many pages as were asked for. Not without a code of the last minutes. */
export const useUsage = (
  lineId: string,
  { month, day, type }: UsageWanted,
  pages: number,
): Reading<{ items: UsageRecord[]; more: boolean }> =>
  useReading(`line:${lineId}:usage:${month}:${day}:${type}:${pages}`, async () => {
    const query = { month, ...(day !== null && { day }), ...(type !== null && { type }) }
    const items: UsageRecord[] = []
    let after: string | null | undefined
    for (let page = 0; page < pages && after !== null; page++) {
      const got = await call(lines.listUsage, {
        params: { id: lineId },
        query: { ...query, ...(after && { after }) },
      })
      items.push(...got.items)
      after = got.next
    }
    return { items, more: after !== null }
  })

/** Something about a line changed: every screen of it looks again. */
export const lineChanged = (lineId: string): void => lookAgain(`line:${lineId}:`)
