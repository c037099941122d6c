import type { Assistant } from '../care/assistant/index.ts'
import { startIndexing } from '../care/search/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import type { Webhooks } from '../integrations/webhooks/index.ts'
import type { Closing } from '../platform/closing.ts'
import type { Jobs } from '../platform/jobs/index.ts'
import { createHouseJobs, type HouseJobsDeps } from './jobs.ts'
import { keepPeople } from './keep-people.ts'
import type { Operator } from './operator.ts'
import type { Remote } from './remote.ts'

/** More messages than this wait for a commit: a flood. */
const FLOOD = 8

export interface BackgroundDeps extends HouseJobsDeps {
  readonly people: Subscribers
  readonly webhooks: Webhooks
  readonly assistant: Assistant
  readonly billing: Operator
  readonly remote: Remote
}

/** What works without being asked. */
export interface Background {
  /** Does all that waits. For tests and benchmarks. */
  drain(): Promise<void>
  /** The connections of jobs; undefined once they have ended. */
  jobsPool: Jobs['pool']
}

/**
 * Starts the work of a node with the role `worker`: jobs, loops that empty tables, doors that poll. What was started belongs to `closing`,
 * and is ended before what it stands on.
 */
export async function startBackground(deps: BackgroundDeps, closing: Closing): Promise<Background> {
  const { db, clock, log, timeline, people, webhooks, assistant, billing, remote } = deps
  const jobs = createHouseJobs(deps)
  closing.add(() => jobs.stop())
  await jobs.start()
  const loops = [
    startIndexing({
      db,
      clock,
      flooded: () => timeline.inbound.pending > FLOOD,
      onDefect: (error) => log.error({ err: error }, 'indexing'),
    }),
    ...keepPeople(db, people, log),
    webhooks.startDelivering(),
    assistant.startWorking(),
    ...billing.startWorking(db),
    ...remote.startWorking(db),
  ]
  for (const loop of loops) closing.add(() => loop.stop())
  const working = await timeline.startWorking()
  closing.add(() => working.stop())
  return {
    jobsPool: jobs.pool,
    drain: async () => {
      await working.drain()
      for (const loop of loops) await loop.drain()
    },
  }
}
