import { exitsOf } from '../../../../contracts/flow-exits.ts'
import type { Flow, FlowProblem } from '../../../../contracts/flows.ts'

interface Going {
  readonly node: string
  readonly to: string
}

/** Where a flow goes on to another without anybody having been heard since it began. */
function silentGoings(flow: Flow): Going[] {
  const seen = new Set<string>()
  const open = [flow.start]
  const goings: Going[] = []
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = flow.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    if (node.kind === 'go') goings.push({ node: id, to: node.flow })
    for (const { to, heard } of exitsOf(node)) if (!heard) open.push(to)
  }
  return goings
}

/**
 * Steps of a flow that lead back to its beginning, through other flows or by themselves, with nobody heard on the way round: a dialog there
 * would never come to an end by itself.
 * @param textOf the text in force of another flow; undefined: there is none, a dialog ends there
 */
export async function findSilentRounds(
  key: string,
  flow: Flow,
  textOf: (key: string) => Promise<Flow | undefined>,
): Promise<FlowProblem[]> {
  const goings = new Map<string, Promise<readonly string[]>>()
  const next = (at: string): Promise<readonly string[]> => {
    const known =
      goings.get(at) ?? textOf(at).then((text) => (text ? silentGoings(text) : []).map(({ to }) => to))
    goings.set(at, known)
    return known
  }
  const leadsBack = async (from: string): Promise<boolean> => {
    const seen = new Set<string>()
    const open = [from]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === key) return true
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...(await next(at)))
    }
    return false
  }
  const problems: FlowProblem[] = []
  for (const { node, to } of silentGoings(flow))
    if (await leadsBack(to)) problems.push({ node, problem: 'endless-loop', about: to })
  return problems
}
