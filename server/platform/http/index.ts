/**
 * HTTP for the rest of the house: an app that serves contracts, the answers to failures, and what surrounds them.
 *
 * - `serve` adds a contract: access before the body is read, validation, idempotent writes in one transaction.
 * - One place turns what was thrown into an answer (`application/problem+json`); handlers do not catch.
 * - Every answer has security headers and a request id; only the chat's API and the widget's files may be used from other sites.
 * - `/healthz`, `/readyz`, `/metrics`, `/openapi.json`, `/docs`: the latter three on loopback or by token only.
 */

export { requireAccess } from './access.ts'
export type { Actor, Anonymous, Authenticate, Service, Staff, Subscriber, Visitor } from './actor.ts'
export { actorKey } from './actor.ts'
export { answerWriter, octetsOf, quoted, textOf, Written } from './answers.ts'
export { closeGracefully } from './close-gracefully.ts'
export { addCookie, hashOfToken, hashTextOfToken, hostCookieName, newToken, readCookie } from './cookies.ts'
export { corsForChat, type OriginAllowed } from './cors.ts'
export { type AppOptions, createApp } from './create-app.ts'
export { digestOf, eraseAnswers, forgetOldKeys, onceByKey } from './idempotency.ts'
export { type OpenApi, openApiOf, writeOpenApi } from './openapi.ts'
export { answerFailure, asRefusal, problemOf } from './problems.ts'
export { createReadiness, type Readiness } from './readiness.ts'
export { isSameOrigin, requireSameOrigin } from './same-origin.ts'
export { type Call, type Handlers, type ServeOptions, serve } from './serve.ts'
export { readUpload, type Upload, type UploadLimits } from './upload.ts'
