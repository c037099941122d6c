import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

export interface OutgoingRequest {
  /** `http:` or `https:`, without a name and password in it. */
  readonly url: string | URL
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: NonNullable<Dispatcher.DispatchOptions['body']>
  /** For everything: connecting, sending, the whole answer. Default 15 s. */
  readonly timeoutMs?: number
  /** Most bytes of the answer's body. Default 1 MiB; downloads must say. */
  readonly maxBytes?: number
  /** Which statuses are an answer; the others are thrown as `Unavailable`. Default: all. */
  readonly expect?: (status: number) => boolean
  /** Gives up when this is aborted. */
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Download {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Fails with `payload_too_large` or `Unavailable` midway; must be read or destroyed. */
  readonly body: Readable
}

export interface Outgoing {
  /**
   * @throws Unavailable the other side failed, was not reached in time, or answered what was not expected
   * @throws Refusal private_address · payload_too_large (`maxBytes`) · invalid_request (not an HTTP address)
   */
  request(request: OutgoingRequest): Promise<Answer>
  /** The same, with the body as a stream: for files. */
  download(request: OutgoingRequest & { readonly maxBytes: number }): Promise<Download>
  /** Ends idle connections and waits for requests under way. */
  close(): Promise<void>
}
