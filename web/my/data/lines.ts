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
import { type PagedReading, usePages } from './pages.ts'
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

/** Movements of a month, newest first. */
export const useMovements = (lineId: string, month: string): PagedReading<ChargeItem> =>
  usePages(`line:${lineId}:movements:${month}`, (after) =>
    call(lines.listCharges, { params: { id: lineId }, query: { month, ...(after && { after }) } }),
  )

/** Which calls, messages and data: of a month, of one of its days, of one kind. */
export interface UsageWanted {
  readonly month: string
  readonly day: number | null
  readonly type: UsageRecord['type'] | null
}

/** Usage, newest first. Not without a code of the last minutes. */
export const useUsage = (lineId: string, { month, day, type }: UsageWanted): PagedReading<UsageRecord> =>
  usePages(`line:${lineId}:usage:${month}:${day}:${type}`, (after) => {
    const query = { month, ...(day !== null && { day }), ...(type !== null && { type }) }
    return call(lines.listUsage, { params: { id: lineId }, query: { ...query, ...(after && { after }) } })
  })

/** Something about a line changed: every screen of it looks again. */
export const lineChanged = (lineId: string): void => lookAgain(`line:${lineId}:`)
