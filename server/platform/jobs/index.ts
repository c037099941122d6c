/**
 * Work that follows a commit, kept in the database by graphile-worker: sends, fetches, timers.
 *
 * - A job is added in the caller's transaction: it runs once that has committed, never if it rolls back.
 * - It runs at least once; a failed one runs again, later each time, until its attempts are used up. Dead ones stay and are counted.
 * - What a killed node had in hand is taken up by another one in about a minute (decision 0042): a job may run in two places.
 * - Payloads hold ids, not bodies, and are parsed when they are taken up: a job may be older than this build.
 */
export { type AddOptions, addJob } from './add-job.ts'
export { countJobs, type JobCounts } from './count-jobs.ts'
export { createJobs, type Jobs, type JobsOptions } from './create-jobs.ts'
export { forgetRows, type OldRows } from './forget-rows.ts'
export { type Batches, inBatches } from './in-batches.ts'
export { inTurn } from './in-turn.ts'
export { defineJob, type Job, type JobContext, type Worker, work } from './job.ts'
export { countSetAside, forgetSetAside, notSetAside } from './set-aside.ts'
export { type DueWork, type OnDefect, workAlone, workOnDue } from './work-on-due.ts'
