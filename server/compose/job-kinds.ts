import { z } from 'zod'
import { MySection } from '../../contracts/my.ts'
import { defineJob } from '../platform/jobs/index.ts'

/** Brings one file from its channel. */
export const fetchAttachmentJob = defineJob('fetch-attachment', z.object({ attachmentId: z.uuid() }))
/** Sends one sealed code by SMS. */
export const sendCodeJob = defineJob('send-code', z.object({ sealed: z.string() }))
/** Sends one sealed code by mail. */
export const sendMailCodeJob = defineJob('send-mail-code', z.object({ sealed: z.string() }))
/** Finds out whom a code to sign in goes to, if to anybody. */
export const deliverMyCodeJob = defineJob('deliver-my-code', z.object({ sealed: z.string() }))
/** Tells somebody at one of their contact points that a lost SIM was blocked, or a block lifted. */
export const tellElsewhereJob = defineJob(
  'tell-elsewhere',
  z.object({
    contactPointId: z.uuid(),
    message: z.enum(['lost-blocked', 'lost-unblocked']),
    locale: z.enum(['ru', 'en']),
    id: z.uuid(),
  }),
)
/** Greets whoever has opened a door. */
export const greetJob = defineJob(
  'greet',
  z.object({ laneId: z.uuid(), seq: z.number().int(), id: z.uuid(), tries: z.number().int() }),
)
/** Knocks at the devices of whoever has not read a lane of the app. */
export const knockLaneJob = defineJob('knock-lane', z.object({ laneId: z.uuid() }))
/** Knocks at one device. */
export const knockDeviceJob = defineJob(
  'knock-device',
  // Jobs of the version before say nothing of it.
  z.object({ sessionId: z.uuid(), about: MySection.default('help') }),
)
/** Counts how many went which way through the assistant's flows. */
export const countTrafficJob = defineJob('count-traffic', z.looseObject({}))
/** Forgets changes that everybody has been told of. */
export const forgetChangesJob = defineJob('forget-changes', z.looseObject({}))
/** Forgets what has ended. */
export const hourlyJob = defineJob('hourly', z.looseObject({}))
