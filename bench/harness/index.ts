/**
 * What every benchmark stands on: a database of its own, the product and whoever it is compared with as processes of
 * their own, load from yet another process, a quiet machine, rounds that take turns, one JSON object a line.
 *
 * - Nothing but results goes to stdout; progress goes to stderr.
 * - PostgreSQL runs with the product's own settings, fsync included: durable means durable.
 * - A ratio is the median of the rounds' ratios; `low` and `high` are the worst and the best round.
 */
export { begin, type Settings, say } from './begin.ts'
export { type MaxDoor, openStandIn, type StandIn } from './max-stand-in.ts'
export { openPostgres, type Postgres } from './open-postgres.ts'
export { cpuSecondsOf, peakMemoryOf } from './process-usage.ts'
export { type Product, type ProductOptions, startProduct } from './product.ts'
export { type Program, startProgram } from './program.ts'
export { createQuiet, type Quiet } from './quiet.ts'
export { report, type Summary, summarize } from './report.ts'
