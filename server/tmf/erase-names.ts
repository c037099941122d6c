import { interactionsIn, type LaneSpan } from '../care/timeline/index.ts'
import type { Executor } from '../platform/database/index.ts'
import { eraseClientNames } from './core/client-names.ts'
import { eraseExternalIds } from './product-ordering/external-ids.ts'

/**
 * Destroys what other systems called what they made for somebody, in whatever words: tickets (conversations), interactions, orders of lines
 * while these were theirs. Gives how many names.
 */
export async function eraseNamesOfClients(
  tx: Executor,
  {
    spans,
    conversationIds,
  }: { readonly spans: readonly LaneSpan[]; readonly conversationIds: readonly string[] },
): Promise<number> {
  const things = [...conversationIds, ...(await interactionsIn(tx, spans))]
  return (await eraseClientNames(tx, things)) + (await eraseExternalIds(tx, spans))
}
