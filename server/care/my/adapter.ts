import type { Capabilities } from '../../../contracts/channels.ts'
import { type ChannelAdapter, MAX_FILE_BYTES } from '../timeline/index.ts'

/** What the app may send and show. */
export const TEXT_MAX = 8000
export const ATTACHMENTS_MAX = 10
export const ATTACHMENT_MAX_BYTES = Math.min(20 * 1024 * 1024, MAX_FILE_BYTES)

const capabilities: Capabilities = {
  textMax: TEXT_MAX,
  textUnit: 'code-points',
  captionMax: null,
  attachments: { max: ATTACHMENTS_MAX, maxBytes: ATTACHMENT_MAX_BYTES },
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
