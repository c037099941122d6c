import { z } from 'zod'

/**
 * What can be made to go wrong with a request to a stand-in:
 * `429`, `500`: refused before anything happened · `drop`: the connection is cut before anything happened ·
 * `timeout-after-accept`: done, but the answer never comes · `drop-after-accept`: done, then the connection is cut ·
 * `502-after-accept`: done, but a gateway in between lost the answer and says so in its own words ·
 * `slow`: answered after `delayMs` · `twice`: a notification of the service is sent twice (`drop`: it is lost).
 */
export const faultKind = z.enum([
  '429',
  '500',
  'drop',
  'timeout-after-accept',
  'drop-after-accept',
  '502-after-accept',
  'slow',
  'twice',
])

export const fault = z.object({
  service: z.enum(['max', 'telegram', 'sms', 'yookassa']),
  /** The service's own name of the operation (`POST /messages`, `sendMessage`); `*` for any. */
  method: z.string().default('*'),
  kind: faultKind,
  /** How many requests it hits. */
  times: z.number().int().positive().default(1),
  /** Seconds, told with a 429 where the service tells it. */
  retryAfterS: z.number().int().positive().default(1),
  /** Of a slow answer, in real milliseconds. */
  delayMs: z.number().int().positive().default(3_000),
})
export type Fault = z.infer<typeof fault>
export type FaultInput = z.input<typeof fault>

export interface Faults {
  plan(fault: FaultInput): void
  /** Takes one occurrence of the first fault planned for this operation. */
  take(service: Fault['service'], method: string): Fault | undefined
  list(): Fault[]
  clear(): void
}

export function createFaults(): Faults {
  let planned: Fault[] = []
  return {
    plan: (input) => {
      planned.push(fault.parse(input))
    },
    take: (service, method) => {
      const found = planned.find((one) => one.service === service && ['*', method].includes(one.method))
      if (!found) return undefined
      found.times -= 1
      planned = planned.filter((one) => one.times > 0)
      return found
    },
    list: () => planned.map((one) => ({ ...one })),
    clear: () => {
      planned = []
    },
  }
}
