import { Refusal } from '../../platform/refusal.ts'
import type { Hub } from '../core/resource.ts'

/**
 * Event types that a registration's `query` asks for (`eventType=A,B`); none given: all of the API.
 * Refuses with `invalid_request` what it does not understand: who asks for less than we would send must not get more.
 */
export function eventTypesOf({ types }: Hub, query: string | null): readonly string[] {
  const all = [...new Set(Object.values(types))]
  if (query === null || query === '') return all
  const asked = new URLSearchParams(query)
  const wanted = asked.getAll('eventType').flatMap((one) => one.split(','))
  const understood = [...asked.keys()].every((name) => name === 'eventType')
  if (!understood || wanted.length === 0 || !wanted.every((one) => all.includes(one)))
    throw new Refusal('invalid_request', { in: 'query', eventTypes: all })
  return wanted
}
