import type { FlowWords } from '../../../../contracts/flows.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Ears } from '../engine/index.ts'
import { listPublished, type PublishedFlow } from '../flows/flow-store.ts'
import { FIRST_INTENTS } from '../understanding/index.ts'
import type { Understanding } from '../understanding-port.ts'

/** How words are heard now. */
export async function flowEars(db: Executor, understanding: Understanding): Promise<Ears> {
  return earsOf(understanding, await listPublished(db))
}

/** How words are heard while these flows are in force. */
export function earsOf(understanding: Understanding, published: readonly PublishedFlow[]): Ears {
  return {
    read: understanding.read,
    choose: understanding.choose,
    meaning: (text, locale) => {
      const { verdict, ranked } = understanding.meaning(text, locale)
      const intent = ranked[0]?.intent
      if (verdict === 'unsure' || intent === undefined) return null
      const flow = published.find(({ intents }) => intents.includes(intent))
      return flow ? { verdict, intent, flow: flow.key, title: titleOf(intent) ?? flow.title } : null
    },
  }
}

/** How an intent that is shipped is called; a flow may serve many. */
function titleOf(key: string): FlowWords | undefined {
  const found = FIRST_INTENTS.find((one) => one.key === key)
  return found && { ru: found.ru, en: found.en }
}
