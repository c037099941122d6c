/**
 * The browser's way to the REST API: a typed call over the tables of operations in `contracts/`.
 * Invariants: every failure is an `ApiProblem` with a code; a write that may happen twice is never repeated without
 * its key; an answer that does not fit its schema is a problem, not data.
 */
export { type Call, createClient, type Input, urlOf } from './client.ts'
export { ApiProblem, factText, isProblem, type ProblemCode, problemOf } from './problem.ts'
export { type UploadOptions, uploadFile } from './upload.ts'
