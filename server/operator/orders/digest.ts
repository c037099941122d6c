import { createHash } from 'node:crypto'
import type { OrderEffect, OrderRequest } from '../../../contracts/orders.ts'

/** A value's text that is the same whatever the order of its fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** What an order is about: the same id with another line or request is another order. */
export function digestOfRequest(lineId: string, request: OrderRequest): Buffer {
  return createHash('sha256').update(canonical({ lineId, request })).digest()
}

/**
 * What a person agreed to when they saw the effects. Instants are left out: they move on while the person reads, and mean the same.
 */
export function digestOfEffects(effects: readonly OrderEffect[]): string {
  const seen = effects.map((effect) => {
    const { at: _at, until: _until, ...rest } = { at: null, until: null, ...effect }
    return rest
  })
  return createHash('sha256').update(canonical(seen)).digest('base64url')
}
