import { eraseMyPart, exportMyPart } from '../care/my/index.ts'
import type { ErasedPerson, PrivacyDeps } from '../care/privacy/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import type { TimelineContext } from '../care/timeline/index.ts'
import { forgetVisitors } from '../channels/web-chat/index.ts'
import { eraseOldDeliveries, erasePayloads } from '../integrations/webhooks/index.ts'
import type { Executor } from '../platform/database/index.ts'
import { eraseAnswers } from '../platform/http/index.ts'

/** Tells the privacy room who else keeps something of people. */
export function composePrivacy(timeline: TimelineContext, subscribers: Subscribers): PrivacyDeps {
  return {
    timeline,
    subscribers,
    eraseElsewhere,
    exportElsewhere: exportMyPart,
    eraseOldWebhookLog: eraseOldDeliveries,
  }
}

async function eraseElsewhere(tx: Executor, person: ErasedPerson) {
  const { spans, contactPointIds, conversationIds, names } = person
  return {
    visitors: await forgetVisitors(tx, contactPointIds),
    ...(await eraseMyPart(tx, contactPointIds, names)),
    webhookPayloads: await erasePayloads(tx, spans),
    storedAnswers: await eraseAnswers(tx, {
      ids: [...contactPointIds, ...conversationIds],
      actors: names.flatMap((name) => [`visitor:${name}`, `subscriber:${name}`]),
    }),
  }
}
