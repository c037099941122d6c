/**
 * The composition root: every room is built here, in order, by plain functions, and nothing is found by anybody else in
 * any other way. `main.ts` runs it as a program; tests and benchmarks run it as it is.
 */
export { hearOfOperator } from './hear-operator.ts'
export { type Otklik, type StartOptions, startOtklik } from './start.ts'
