import { type Line, type LineServices, lines } from '../../../contracts/lines.ts'
import { my } from '../../../contracts/my.ts'
import { call } from './api.ts'
import { lookAgain, type Reading, useReading } from './reading.ts'

export const useHome = (lineId: string): Reading<Line> =>
  useReading(`line:${lineId}:home`, () => call(my.getMyHome, { query: { line: lineId } }))

export const useServices = (lineId: string): Reading<LineServices> =>
  useReading(`line:${lineId}:services`, () => call(lines.getLineServices, { params: { id: lineId } }))

/** Something about a line changed: every screen of it looks again. */
export const lineChanged = (lineId: string): void => lookAgain(`line:${lineId}:`)
