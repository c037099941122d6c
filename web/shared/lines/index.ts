/** What screens say of a line, whoever looks at it. Pure. */
export { type NextCharges, nextCharges } from './next-charges.ts'
