/**
 * The chat without its looks: what the visitor wrote and has not arrived yet (sending: outbox, courier), what the server
 * holds (listening: lane, reader, line), how far it was read, files, and who we are (visitor), put together in `createChat`.
 * Nothing is lost: a message is kept under one id until the server has it. Nothing is doubled: the lane is merged by
 * seq, own messages by id. Nothing is reordered: one message in flight, the cursor moves over complete stretches only.
 */
export { createApi } from './api.ts'
export { type Chat, createChat } from './chat.ts'
export { messagesOf } from './lane.ts'
export { OUTBOX_MAX, type Unsent } from './outbox.ts'
export { browserShelf } from './storage.ts'
export { type ChatView, unreadOf } from './view.ts'
