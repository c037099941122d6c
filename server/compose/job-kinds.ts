import { z } from 'zod'
import { defineJob } from '../platform/jobs/index.ts'

/** Brings one file from its channel. */
export const fetchAttachmentJob = defineJob('fetch-attachment', z.object({ attachmentId: z.uuid() }))
/** Sends one sealed code by SMS. */
export const sendCodeJob = defineJob('send-code', z.object({ sealed: z.string() }))
/** Forgets what has ended. */
export const hourlyJob = defineJob('hourly', z.looseObject({}))
