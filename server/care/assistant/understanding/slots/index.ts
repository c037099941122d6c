/** Slots: what a message says besides its wish, as values. Pure functions; each gives every place of the text that it read. */
export { readChoice, readYesNo } from './answers.ts'
export { type DateOptions, type FoundDays, findDates } from './dates.ts'
export type { Day } from './days.ts'
export { type MatchedName, matchNames } from './names.ts'
export type { Found } from './numbers.ts'
export { type FoundPhone, findPhones } from './phones.ts'
export { type FoundMoney, type FoundVolume, findMoney, findVolumes } from './quantities.ts'
