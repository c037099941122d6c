import {
  countTraffic,
  eraseOldDialogs,
  forgetOldDialogs,
  forgetOldTurns,
  forgetUnanswered,
  forgetVisits,
  judgeVisits,
} from '../care/assistant/index.ts'
import { forgetVotes } from '../care/knowledge/index.ts'
import {
  deliverCode,
  forgetEndedSignIns,
  knockAtDevice,
  knockForLane,
  type MyRoom,
  rollUpVisits,
} from '../care/my/index.ts'
import { applyRetention, type PrivacyDeps } from '../care/privacy/index.ts'
import { forgetEnded } from '../care/staff/index.ts'
import { forgetEndedChallenges } from '../care/subscribers/index.ts'
import { forgetOldInboundKeys, type Timeline } from '../care/timeline/index.ts'
import { forgetAccessTokens } from '../integrations/oauth/index.ts'
import { forgetGlances } from '../operator/lines/index.ts'
import { forgetTrades } from '../operator/market/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import type { Files } from '../platform/files/index.ts'
import { forgetOldKeys } from '../platform/http/index.ts'
import { createJobs, forgetSetAside, inTurn, type Jobs, work } from '../platform/jobs/index.ts'
import { forgetChanges } from '../platform/kept/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { DoorDeps } from './doors.ts'
import type { HouseLog } from './house-log.ts'
import {
  countTrafficJob,
  deliverMyCodeJob,
  fetchAttachmentJob,
  forgetChangesJob,
  greetJob,
  hourlyJob,
  knockDeviceJob,
  knockLaneJob,
  sendCodeJob,
  sendMailCodeJob,
  tellElsewhereJob,
} from './job-kinds.ts'
import { sendMailCode } from './mail.ts'
import { sendCode } from './send-code.ts'
import { tellAt } from './tell-elsewhere.ts'

export interface HouseJobsDeps {
  /** No other node works on this database. */
  readonly alone: boolean
  readonly connectionString: string
  readonly log: HouseLog
  readonly db: Db
  readonly clock: Clock
  readonly files: Files
  readonly vault: Vault
  readonly timeline: Timeline
  readonly doorDeps: DoorDeps
  readonly privacy: PrivacyDeps
  readonly my: MyRoom
}

/** Who does the work that follows commits. */
export function createHouseJobs(deps: HouseJobsDeps): Jobs {
  const { connectionString, log, db, clock, files, vault, timeline, doorDeps, privacy, my } = deps
  const hourly = work(hourlyJob, () =>
    inTurn([
      () => forgetOldKeys(db, clock),
      // Retention before the sweep: the files that it lets go of are removed at once.
      () => applyRetention(db, privacy),
      () => files.sweepUnowned(db),
      () => forgetEnded(db, clock),
      () => forgetEndedChallenges(db, { clock }),
      () => forgetVotes(db, clock),
      () => forgetUnanswered(db, clock),
      () => eraseOldDialogs(db, clock.now()),
      () => forgetOldTurns(db, clock.now()),
      () => forgetOldDialogs(db, clock.now()),
      () => judgeVisits(db, clock),
      () => forgetVisits(db, clock),
      () => forgetEndedSignIns(db, my),
      () => rollUpVisits(db, my),
      () => forgetOldInboundKeys(db, clock),
      () => forgetAccessTokens(db, clock),
      () => forgetGlances(db, { clock }),
      () => forgetTrades(db, clock),
      () => forgetSetAside(db, clock),
    ]),
  )
  return createJobs({
    connectionString,
    log,
    alone: deps.alone,
    workers: [
      work(fetchAttachmentJob, ({ attachmentId }, { last }) => timeline.fetchAttachment(attachmentId, last)),
      work(sendCodeJob, ({ sealed }) => sendCode(doorDeps, timeline.context.doors, vault, my, sealed)),
      work(sendMailCodeJob, ({ sealed }) => sendMailCode(doorDeps, timeline.context.doors, vault, sealed)),
      work(deliverMyCodeJob, ({ sealed }) => deliverCode(my, sealed)),
      work(tellElsewhereJob, (told, { last }) => tellAt(my, told, last)),
      work(greetJob, (opened) => timeline.greet(opened)),
      work(knockLaneJob, ({ laneId }) => knockForLane(my, laneId)),
      work(knockDeviceJob, ({ sessionId, about }) => knockAtDevice(my, sessionId, about)),
    ],
    periodic: [
      { worker: hourly, cron: '7 * * * *' },
      { worker: work(forgetChangesJob, async () => void (await forgetChanges(db))), cron: '* * * * *' },
      { worker: work(countTrafficJob, () => countTraffic(db, clock)), cron: '*/5 * * * *' },
    ],
  })
}
