import { eraseDialogs } from '../care/assistant/index.ts'
import { eraseMyPart, exportMyPart } from '../care/my/index.ts'
import type { ErasedPerson, PrivacyDeps } from '../care/privacy/index.ts'
import { partiesOf, type Subscribers } from '../care/subscribers/index.ts'
import type { TimelineContext } from '../care/timeline/index.ts'
import { forgetVisitors } from '../channels/web-chat/index.ts'
import { eraseOldDeliveries, erasePayloads } from '../integrations/webhooks/index.ts'
import type { DataList, OperatorEdge } from '../operator/edge/index.ts'
import { eraseOldUsage } from '../operator/lines/index.ts'
import type { Executor } from '../platform/database/index.ts'
import { eraseAnswers } from '../platform/http/index.ts'
import { eraseNamesOfClients, eraseRemoteOrders } from '../tmf/index.ts'

/** Tells the privacy room who else keeps something of people. */
export function composePrivacy(
  timeline: TimelineContext,
  subscribers: Subscribers,
  edge: () => Pick<OperatorEdge, 'eraseParty' | 'exportParty'>,
): PrivacyDeps {
  return {
    timeline,
    subscribers,
    eraseElsewhere,
    eraseBooks: async (tx, { contactPointIds, spans }) => ({
      ...(await eraseBooks(tx, edge(), contactPointIds)),
      // Found by the lines that we know as theirs: whose they are is not asked elsewhere while everything is locked.
      remoteOrders: await eraseRemoteOrders(tx, timeline, spans),
    }),
    exportBooks: async (db, contactPointIds, ask) => {
      const lists: DataList[] = []
      for (const partyId of await partiesOf(db, contactPointIds)) {
        lists.push(...(await edge().exportParty(db, partyId, ask)))
      }
      return lists
    },
    eraseOldUsage,
    exportElsewhere: exportMyPart,
    eraseOldWebhookLog: eraseOldDeliveries,
  }
}

/** A person is one party of the operator's books, or none. */
async function eraseBooks(
  tx: Executor,
  edge: Pick<OperatorEdge, 'eraseParty'>,
  contactPointIds: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const partyId of await partiesOf(tx, contactPointIds)) {
    for (const [what, count] of Object.entries(await edge.eraseParty(tx, partyId))) {
      counts[what] = (counts[what] ?? 0) + count
    }
  }
  return counts
}

async function eraseElsewhere(tx: Executor, person: ErasedPerson) {
  const { spans, contactPointIds, conversationIds, names } = person
  return {
    visitors: await forgetVisitors(tx, contactPointIds),
    ...(await eraseMyPart(tx, contactPointIds, names)),
    clientNames: await eraseNamesOfClients(tx, person),
    webhookPayloads: await erasePayloads(tx, spans),
    dialogs: await eraseDialogs(tx, conversationIds),
    storedAnswers: await eraseAnswers(tx, {
      ids: [...contactPointIds, ...conversationIds],
      actors: names.flatMap((name) => [`visitor:${name}`, `subscriber:${name}`]),
    }),
  }
}
