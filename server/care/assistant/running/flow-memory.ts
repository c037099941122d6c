import type { Flow } from '../../../../contracts/flows.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { findFlowText, listInForce, type PublishedFlow } from '../flows/flow-store.ts'

/** Texts of flows, which never change once they are kept: each is read and parsed once by a node. */
export interface FlowMemory {
  /** The text that was drafted in a version. Undefined: there is none. */
  text(db: Executor, key: string, version: number): Promise<Flow | undefined>
  /** What new dialogs may begin on now, by key. */
  published(db: Executor): Promise<PublishedFlow[]>
}

/** As many as 200 flows have in a few versions each. */
const MOST_TEXTS = 600

export function createFlowMemory(): FlowMemory {
  const texts = new Map<string, Flow>()
  const text = async (db: Executor, key: string, version: number): Promise<Flow | undefined> => {
    const name = `${key}:${version}`
    const known = texts.get(name)
    if (known) return known
    const flow = await findFlowText(db, key, version)
    if (!flow) return undefined
    // The oldest goes; if it is needed again it is read again.
    if (texts.size >= MOST_TEXTS) texts.delete(texts.keys().next().value ?? name)
    texts.set(name, flow)
    return flow
  }
  return {
    text,
    published: async (db) => {
      const found: PublishedFlow[] = []
      for (const { key, version } of await listInForce(db)) {
        const flow = await text(db, key, version)
        if (flow) found.push({ key, version, title: flow.title, intents: flow.intents })
      }
      return found
    },
  }
}
