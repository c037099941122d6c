import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'

/** Brings one file from its channel. */
export const fetchAttachmentJob = defineJob('fetch-attachment', z.object({ attachmentId: z.uuid() }))
/** Sends one sealed code by SMS. */
export const sendCodeJob = defineJob('send-code', z.object({ sealed: z.string() }))
/** Sends one sealed code by mail. */
export const sendMailCodeJob = defineJob('send-mail-code', z.object({ sealed: z.string() }))
/** Finds out whom a code to sign in goes to, if to anybody. */
export const deliverMyCodeJob = defineJob('deliver-my-code', z.object({ sealed: z.string() }))
/** Forgets what has ended. */
export const hourlyJob = defineJob('hourly', z.looseObject({}))
