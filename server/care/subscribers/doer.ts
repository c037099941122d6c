import type { Service, Staff } from '../../platform/http/index.ts'

/** Who did it. `system`: a rule or a proof of the house itself. */
export type Doer =
  | { readonly kind: 'agent' | 'service'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }

export const doerOf = ({ kind, id, name }: Staff | Service): Doer => ({ kind, id, name })
