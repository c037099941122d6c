/**
 * How numbers, sizes, dates and phones are written for people, in Russian and English. Pure.
 * Invariants: no-break spaces inside amounts, dates and numbers; time zone is the reader's own.
 */
export {
  decimalMark,
  formatBytes,
  formatCount,
  formatDuration,
  formatLeft,
  formatMoney,
  formatPair,
  formatShare,
  formatVolume,
} from './amounts.ts'
export { countries, countryName } from './countries.ts'
export { formatDay, formatMoment, formatShort, formatSince, formatTime } from './dates.ts'
export { deviceName } from './device-name.ts'
export { listOf } from './lists.ts'
export { daysIn, monthAfter, monthName, thisMonth } from './months.ts'
export { formatPhone } from './phone.ts'
export { smsSegments, textLength } from './text-length.ts'
