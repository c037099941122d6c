import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Flow } from '../../../../contracts/flows.ts'
import { readFlowYaml } from '../flows/flow-yaml.ts'

/** Keys of the flows that a new installation begins with; each stands in a file beside this one. */
export const FIRST_FLOWS = [
  'main',
  'left',
  'charges',
  'subscriptions',
  'options',
  'tariff',
  'roaming',
  'market',
  'call-back',
  'promised-payment',
  'top-up',
  'internet',
  'sim-lost',
  'complaint',
  'thanks',
  'specialist',
  'person',
  'emergency',
] as const

/** A flow as it is shipped, by its key. */
export function readFirstFlow(key: string): Flow {
  return readFlowYaml(readFileSync(path.join(import.meta.dirname, `${key}.yaml`), 'utf8'))
}
