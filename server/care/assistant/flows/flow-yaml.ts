import { parse, stringify } from 'yaml'
import { Flow } from '../../../../contracts/flows.ts'
import { Refusal } from '../../../platform/refusal.ts'

const LINE = 120
/** A text may name another a few times, never unfold into more than it is. */
const MOST_ALIASES = 50

/** A flow as a file that people read and keep. */
export function writeFlowYaml(flow: Flow): string {
  return stringify(flow, { lineWidth: LINE, aliasDuplicateObjects: false })
}

/** A flow from a file. Refuses with `invalid_request` what is no YAML or no flow; the facts say where. */
export function readFlowYaml(text: string): Flow {
  const read = Flow.safeParse(parsed(text))
  if (read.success) return read.data
  const issues = read.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new Refusal('invalid_request', { in: 'yaml', issues })
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: MOST_ALIASES })
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw new Refusal('invalid_request', {
      in: 'yaml',
      issues: [{ path: '', message: message.slice(0, 400) }],
    })
  }
}
