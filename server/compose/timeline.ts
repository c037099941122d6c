import type { Assistant } from '../care/assistant/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import { type ChannelAdapter, createTimeline, type Timeline } from '../care/timeline/index.ts'
import type { Webhooks } from '../integrations/webhooks/index.ts'
import type { Clock } from '../platform/clock.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Ground } from './ground.ts'
import { writeInvitation } from './invitation.ts'
import { fetchAttachmentJob, greetJob, knockLaneJob } from './job-kinds.ts'

const KNOCK_AFTER_MS = 10_000

export interface TimelineDeps {
  readonly adapters: readonly ChannelAdapter[]
  readonly people: Subscribers
  readonly webhooks: Webhooks
  /** It answers on the timeline, and so is built after it. */
  readonly assistant: () => Assistant
}

/** The timeline, with whoever hears of what comes in and what leaves. */
export function composeTimeline(ground: Ground, deps: TimelineDeps): Timeline {
  const { db, data, clock, log, bus, files, vault, outgoing, caps, country, publicUrl, metrics } = ground
  const { adapters, people, webhooks, assistant } = deps
  const refused = metrics.counter('webhooks_refused_total', 'Webhooks with a wrong secret', ['channel'])
  return createTimeline({
    db,
    intake: data.intake,
    clock,
    log,
    bus,
    files,
    vault,
    outgoing,
    caps,
    country,
    followUp: {
      ...followUpJobs(clock),
      hearsFiled: () => assistant().answersAnywhere(),
      filed: (tx, brought) => assistant().filed(tx, brought),
    },
    adapters,
    subscribers: people,
    outside: webhooks,
    invitation: (locale, others) => writeInvitation(locale, publicUrl, others),
    onUnauthentic: (channel) => refused.inc({ channel }),
  })
}

type FollowUp = Parameters<typeof createTimeline>[0]['followUp']

/** What a message leaves to be done after its commit. */
const followUpJobs = (clock: Clock): Pick<FollowUp, 'fetchAttachment' | 'leftToRead' | 'greet'> => ({
  fetchAttachment: (tx, attachmentId) =>
    addJob(tx, fetchAttachmentJob, { attachmentId }, { key: `fetch:${attachmentId}`, maxAttempts: 8 }),
  // Who has the app open reads it meanwhile and is not knocked at.
  leftToRead: async (tx, laneId, channel) => {
    if (channel !== 'my') return
    const runAt = new Date(clock.now().getTime() + KNOCK_AFTER_MS)
    await addJob(tx, knockLaneJob, { laneId }, { key: `knock-lane:${laneId}`, maxAttempts: 4, runAt })
  },
  greet: (tx, opened, at) =>
    addJob(tx, greetJob, opened, {
      key: `greet:${opened.laneId}`,
      maxAttempts: 1,
      ...(at !== undefined && { runAt: at }),
    }),
})
