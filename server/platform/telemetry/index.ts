/**
 * What the house tells of itself: structured logs and Prometheus metrics.
 *
 * - Personal data reaches no log: fields by name, and numbers and addresses in any text, are masked in the logger itself.
 * - A log line is JSON with level, time (UTC), message and fields; a request's lines carry its `reqId`.
 * - Names of metrics begin with `otklik_`; labels come from bounded sets, never from people or ids.
 */
export { createLog, type Log, type LogOptions } from './log.ts'
export { maskText } from './mask-text.ts'
export { type Counter, createMetrics, type Gauge, type Histogram, type Metrics } from './metrics.ts'
export { requestIdOf } from './request-id.ts'
