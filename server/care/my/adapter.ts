import type { Capabilities } from '../../../contracts/channels.ts'
import { MESSAGE_LIMITS } from '../../../contracts/my.ts'
import { type ChannelAdapter, MAX_FILE_BYTES } from '../timeline/index.ts'

/** The largest file that the app may send. */
export const ATTACHMENT_MAX_BYTES = Math.min(MESSAGE_LIMITS.fileBytes, MAX_FILE_BYTES)

const capabilities: Capabilities = {
  textMax: MESSAGE_LIMITS.textMax,
  textUnit: 'code-points',
  captionMax: null,
  attachments: { max: MESSAGE_LIMITS.files, maxBytes: ATTACHMENT_MAX_BYTES },
  edit: false,
  buttons: { max: 12, payloadMaxBytes: 64 },
  windowHours: null,
  receipts: 'read',
  typing: true,
}

/** The chat in the app, signed in. The app reads by itself: what stands on the lane is sent. */
export const myAdapter: ChannelAdapter = {
  kind: 'my',
  capabilities,
  delivery: 'pull',
  parse: () => {
    throw new Error('the app has no payloads: its messages come through the operations of My')
  },
}
