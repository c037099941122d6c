import { maskText } from './mask-text.ts'

const SECRET =
  /(password|passwd|secret|token|authorization|cookie|signature|apikey|otp|pin|cvv|cvc|card|pan)$/
const PERSONAL =
  /^(msisdn|phone|email|mail|address|to|from|displayname|firstname|lastname|patronymic|username|person|subscriber|contact|text|body|html|subject|caption|preview|note|payload|content|location)$/
/** Deeper, longer and wider things are cut: a log line is not a dump. */
const MAX_DEPTH = 6
const MAX_ITEMS = 50
const MAX_TEXT = 8000
const HIDDEN = '[hidden]'
/** The id of every request is one: known at a glance, it is not searched for numbers. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The fields of a log line as they may be written: secrets and personal fields hidden, every text masked. */
export function maskFields(fields: object): Record<string, unknown> {
  return maskObject(fields, 0)
}

function maskObject(object: object, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      isHidden(name, value) ? HIDDEN : mask(value, depth + 1),
    ]),
  )
}

function isHidden(name: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean' || value instanceof Error)
    return false
  const plain = name.replace(/[^a-z0-9]/gi, '').toLowerCase()
  // A code of ours or of the system is a word; one that was sent by SMS is digits.
  if (plain === 'code') return /^\d+$/.test(String(value))
  return SECRET.test(plain) || PERSONAL.test(plain)
}

function mask(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return UUID.test(value) ? value : maskText(value.slice(0, MAX_TEXT))
  if (typeof value === 'bigint') return maskText(String(value))
  if (typeof value === 'number') return Math.abs(value) >= 1e9 ? numberOrMask(value) : value
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
  if (value instanceof Error) return maskError(value, depth)
  if (value instanceof Date) return value
  if (value instanceof URL) return maskText(`${value.origin}${value.pathname}`)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (depth > MAX_DEPTH) return '[…]'
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => mask(item, depth + 1))
  const prototype = Object.getPrototypeOf(value)
  // Requests, connections and their like drag half the process along.
  if (prototype !== null && prototype !== Object.prototype)
    return `[${prototype.constructor?.name ?? 'object'}]`
  return maskObject(value, depth)
}

// As a whole number of ten digits it may be a phone number.
function numberOrMask(value: number): number | string {
  return Number.isInteger(value) ? maskText(String(value)) : value
}

const TOLD_OF_ERRORS = [
  'code',
  'syscall',
  'constraint',
  'table',
  'column',
  'schema',
  'severity',
  'routine',
  'status',
]

function maskError(error: Error, depth: number): Record<string, unknown> {
  // PostgreSQL's `detail` and `where` quote rows: only what names the place is told.
  const told = Object.entries(error).filter(([name]) => TOLD_OF_ERRORS.includes(name))
  return {
    type: error.constructor.name,
    message: maskText(error.message),
    stack: maskText(error.stack ?? ''),
    ...Object.fromEntries(
      told.map(([name, value]) => [name, typeof value === 'string' ? maskText(value) : value]),
    ),
    ...(error.cause !== undefined && depth <= MAX_DEPTH && { cause: mask(error.cause, depth + 1) }),
    ...(error instanceof AggregateError &&
      depth <= MAX_DEPTH && { errors: error.errors.slice(0, 5).map((one) => mask(one, depth + 1)) }),
  }
}
