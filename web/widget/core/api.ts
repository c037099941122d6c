import type { ChatConfig, ChatPage } from '../../../contracts/chat.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import { isAttachment, isChatConfig, isChatPage, isRecord, isStored, isVisitor } from './guards.ts'
import type { Unsent } from './outbox.ts'

/**
 * What a call came to. `code` is an ErrorCode of the contract, `offline` when no answer came (no network, a blocked
 * or slow server) or `internal` when the answer made no sense.
 */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly code: string
      readonly status: number
      readonly afterMs?: number | undefined
    }

/** The operations of the contract's `chat` table that a visitor's browser calls. */
export interface ChatApi {
  getConfig: (account: string) => Promise<Answer<ChatConfig>>
  startVisitor: (visitor: {
    account: string
    locale: string
    page: string
  }) => Promise<Answer<{ visitorId: string; token: string }>>
  read: (token: string, after: number, waitMs?: number) => Promise<Answer<ChatPage>>
  send: (token: string, message: Unsent) => Promise<Answer<{ seq: number | null; at: string }>>
  markRead: (token: string, seq: number) => Promise<Answer<unknown>>
  upload: (
    token: string,
    file: File,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Answer<Attachment>>
  download: (token: string, attachmentId: string) => Promise<Answer<Blob>>
}

/** Longer than any honest answer; a mobile network may swallow a request without ever closing it. */
const TIMEOUT_MS = 15_000

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const retryAfter = (header: string | null): number | undefined => {
  const seconds = Number(header)
  return header !== null && Number.isFinite(seconds) ? seconds * 1000 : undefined
}

/** Turns an answer that is no success into its code (RFC 9457 body) and waiting time (facts, else the header). */
const refusal = (status: number, problem: unknown, header: string | null): Answer<never> => {
  const code = isRecord(problem) && typeof problem.code === 'string' ? problem.code : 'internal'
  const facts = isRecord(problem) && isRecord(problem.facts) ? problem.facts : {}
  const { retryAfterMs } = facts
  return {
    ok: false,
    code,
    status,
    afterMs: typeof retryAfterMs === 'number' ? retryAfterMs : retryAfter(header),
  }
}

const offline: Answer<never> = { ok: false, code: 'offline', status: 0 }
const nonsense: Answer<never> = { ok: false, code: 'internal', status: 502 }

const isReachable = async (base: string): Promise<boolean> => {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    return (await fetch(`${base}/widget.js`, { cache: 'no-store', credentials: 'omit', signal })).ok
  } catch {
    return false
  }
}

/** @param base origin of Otklik, without a slash at the end */
export const createApi = (base: string): ChatApi => {
  const call = async <T>(
    path: string,
    fits: (value: unknown) => value is T,
    options: { token?: string; body?: unknown; timeoutMs?: number } = {},
  ): Promise<Answer<T>> => {
    const { token, body, timeoutMs = TIMEOUT_MS } = options
    try {
      const response = await fetch(`${base}/api/v1/chat/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const value = readJson(await response.text())
      if (!response.ok) return refusal(response.status, value, response.headers.get('retry-after'))
      return fits(value) ? { ok: true, value } : nonsense
    } catch {
      return offline
    }
  }

  return {
    getConfig: async (account) => {
      const ask = () => call(`config?account=${encodeURIComponent(account)}`, isChatConfig)
      const first = await ask()
      if (first.ok || first.code !== 'offline' || base === location.origin) return first
      // A site that is not allowed may not read the refusal: to the page it looks like a dead network. If the server
      // can be reached all the same, and a second question fares no better, that is what it was.
      if (!(await isReachable(base))) return first
      const second = await ask()
      return second.ok || second.code !== 'offline' ? second : { ...offline, code: 'origin_not_allowed' }
    },
    startVisitor: (visitor) => call('visitors', isVisitor, { body: visitor }),
    read: (token, after, waitMs = 0) =>
      call(`messages?after=${after}&limit=200${waitMs ? `&waitMs=${waitMs}` : ''}`, isChatPage, {
        token,
        timeoutMs: TIMEOUT_MS + waitMs,
      }),
    send: (token, { id, text, attachmentIds, choice, writtenAt }) =>
      call('messages', isStored, { token, body: { id, text, attachmentIds, choice, writtenAt } }),
    markRead: (token, seq) => call('read', isRecord, { token, body: { seq } }),
    upload: (token, file, onProgress, signal) =>
      uploadFile(`${base}/api/v1/chat/attachments`, token, file, onProgress, signal),
    download: async (token, attachmentId) => {
      try {
        const response = await fetch(`${base}/api/v1/chat/attachments/${attachmentId}`, {
          credentials: 'omit',
          headers: { authorization: `Bearer ${token}` },
        })
        if (response.ok) return { ok: true, value: await response.blob() }
        return refusal(response.status, readJson(await response.text()), response.headers.get('retry-after'))
      } catch {
        return offline
      }
    },
  }
}

/** XMLHttpRequest, because fetch does not tell how far an upload is. */
const uploadFile = (
  url: string,
  token: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer<Attachment>> =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      const value = readJson(request.responseText)
      if (request.status >= 200 && request.status < 300) {
        resolve(isAttachment(value) ? { ok: true, value } : nonsense)
      } else resolve(refusal(request.status, value, request.getResponseHeader('retry-after')))
    }
    request.onerror = () => resolve(offline)
    request.onabort = () => resolve(offline)
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
