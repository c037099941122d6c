import type { z } from 'zod'
import type { ErrorCode } from './problems.ts'

/** Staff roles, weakest first; a member may hold several. */
export type StaffRole = 'agent' | 'supervisor' | 'designer' | 'admin'

/**
 * Who may call an operation.
 * `public`: anyone; `visitor`: the bearer of a chat visitor's token; `subscriber`: somebody signed in to My; `staff`: anyone signed in
 * at the desk;
 * a role: staff holding it; `service:x`: a service token with scope x.
 */
export type Access = 'public' | 'visitor' | 'subscriber' | 'staff' | StaffRole | `service:${ServiceScope}`
/** `numbers`: phone numbers are told whole where other systems cannot work with masked ones (TM Forum APIs). */
export type ServiceScope = 'read' | 'write' | 'privacy' | 'usage' | 'numbers' | 'payments' | 'everyone'

/** One HTTP operation, as the server, the browser, the OpenAPI document and the tests see it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/${string}`
  readonly summary: string
  /** Enforced on the server before the handler runs and shown in OpenAPI. A route without it does not compile. */
  readonly access: readonly [Access, ...Access[]]
  /**
   * `safe`: reads; `key`: honours an `Idempotency-Key` header: the same key and body answer as the first time,
   * another body is refused with `idempotency_key_reused`; `natural`: repeating it changes nothing anyway;
   * `once`: honours the header too, but its answer tells a secret and is not kept: the same key is refused with `told_once`.
   */
  readonly idempotency: 'safe' | 'key' | 'natural' | 'once'
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly response: z.ZodType
  readonly errors?: readonly ErrorCode[]
  /** The body is a file or a stream that the handler reads or writes itself. */
  readonly raw?: 'upload' | 'download'
}

/** One domain's table of operations. The key is the operationId. */
export type Contract = Record<string, Route>
