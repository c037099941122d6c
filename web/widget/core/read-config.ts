import type { ChatApi } from './api.ts'
import type { Pauses } from './backoff.ts'
import type { ChatView, Store } from './view.ts'

const RETRY_MS = 10_000
/** A chat may be set up or opened again while the page stays open. */
const CLOSED_RETRY_MS = 60_000
/** Codes that mean that there is no chat on this site. */
const CLOSING = new Set(['origin_not_allowed', 'not_found', 'channel_paused'])

export interface ReadConfigDeps {
  readonly api: Pick<ChatApi, 'getConfig'>
  readonly account: string
  readonly store: Store<ChatView>
  readonly pauses: Pauses
  readonly signal: AbortSignal
}

/** Asks for the operator's words until they come. The chat can be used without; why there is none is shown. */
export const readConfig = async ({ api, account, store, pauses, signal }: ReadConfigDeps): Promise<void> => {
  while (!signal.aborted) {
    const answer = await api.getConfig(account)
    if (answer.ok) return store.set({ config: answer.value, closed: null })
    const isClosed = CLOSING.has(answer.code)
    if (isClosed) store.set({ closed: answer.code })
    await pauses.pause(answer.afterMs ?? (isClosed ? CLOSED_RETRY_MS : RETRY_MS))
  }
}
