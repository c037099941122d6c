import { createPauses, type Pauses } from './backoff.ts'
import { type CourierDeps, createCourier } from './courier.ts'
import { createIdMaker } from './identifiers.ts'
import { createOutbox, type Unsent } from './outbox.ts'
import type { Shelf } from './storage.ts'
import type { ChatView, Store } from './view.ts'

export interface SendingDeps extends Pick<CourierDeps, 'post' | 'alone'> {
  readonly shelf: Shelf
  /** Keys of the shelf that begin so are messages on their way. */
  readonly prefix: string
  readonly store: Store<ChatView>
  readonly pauses: Pauses
  readonly catchUp: () => Promise<boolean>
}

/** What the visitor says, from the moment of saying until it has come back in the lane. */
export interface Sending {
  /** Shows and carries on what was left by an earlier page view. */
  begin: () => void
  /** Queues a message; it is kept until the server has it. @returns false when too many are waiting */
  say: (message: { text: string; attachmentIds?: string[]; choice?: string }) => boolean
  retry: (id: string) => void
  /** Another tab wrote, sent or gave up something. */
  hear: (key: string) => void
}

export const createSending = ({
  shelf,
  prefix,
  store,
  pauses,
  post,
  alone,
  catchUp,
}: SendingDeps): Sending => {
  const outbox = createOutbox(shelf, prefix)
  const newId = createIdMaker()
  const isBack = ({ id }: Unsent) =>
    [...store.get().lane.held.values()].some(({ message }) => message.id === id)

  const show = () => store.set({ unsent: outbox.list().filter((message) => !isBack(message)) })
  const settle = (message: Unsent) => {
    if (!isBack(message)) store.set({ settling: [...store.get().settling, message] })
    show()
  }
  const carry = createCourier({
    outbox,
    post,
    alone,
    pause: pauses.pause,
    // Whoever comes back to the page does not end what the server asked for.
    rest: createPauses().pause,
    onStored: (message, seq) => {
      settle(message)
      // Without a live line, or when the first answer got lost, nobody will bring the message back: ask for it.
      if (seq === null || store.get().line !== 'live') void catchUp()
    },
    onRefused: show,
    onHold: (hold) => {
      if (store.get().hold !== hold) store.set({ hold })
    },
  })
  const begin = () => {
    show()
    void carry()
  }

  return {
    begin,
    say: ({ text, attachmentIds = [], choice }) => {
      const id = newId(outbox.list().at(-1)?.id)
      const chosen = choice === undefined ? {} : { choice }
      const writtenAt = new Date().toISOString()
      if (!outbox.put({ id, text, attachmentIds, ...chosen, writtenAt })) return false
      pauses.wake()
      begin()
      return true
    },
    retry: (id) => {
      outbox.retry(id)
      pauses.wake()
      begin()
    },
    hear: (key) => {
      const gone = store.get().unsent.find(({ id }) => prefix + id === key && !outbox.has(id))
      if (gone && gone.failed === undefined) settle(gone)
      begin()
    },
  }
}
