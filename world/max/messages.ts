import type { FastifyInstance } from 'fastify'
import type { Context } from '../core/context.ts'
import { refusals } from './errors.ts'
import {
  callbackAnswer,
  callbackQuery,
  chatAction,
  messageQuery,
  messagesQuery,
  newMessage,
  read,
  sendQuery,
} from './requests.ts'
import { editFromBot, sendFromBot } from './send.ts'
import { type MaxState, messageById, openDialog } from './state.ts'

/** How long a sent action shows. */
const actionMs = 6_000

/** What a bot does with messages: send, change, delete, read, answer a button, show that it types. */
export function messageRoutes(scope: FastifyInstance, context: Context, state: MaxState): void {
  const changed = (person: string): void => context.live.changed({ service: 'max', person })

  scope.post('/messages', async (request) => {
    const dialog = openDialog(state, read(sendQuery, request.query))
    return { message: sendFromBot(context, state, dialog, read(newMessage, request.body)) }
  })

  scope.put('/messages', async (request) => {
    const { message_id } = read(messageQuery, request.query)
    const done = editFromBot(context, state, message_id, read(newMessage, request.body))
    return done ? { success: true } : { success: false, message: 'Message can not be edited' }
  })

  scope.delete('/messages', async (request) => {
    const { dialog, stored } = messageById(state, read(messageQuery, request.query).message_id)
    if (!stored.fromBot) return { success: false, message: 'Message can not be deleted' }
    stored.deleted = true
    changed(dialog.person.key)
    return { success: true }
  })

  scope.get('/messages', async (request) => ({
    messages: listMessages(state, read(messagesQuery, request.query)),
  }))

  scope.get<{ Params: { id: string } }>(
    '/messages/:id',
    async (request) => messageById(state, request.params.id).stored.message,
  )

  scope.post('/answers', async (request) => {
    const { callback_id } = read(callbackQuery, request.query)
    const callback = state.callbacks.get(callback_id)
    if (!callback) throw refusals.payload('callback_id: unknown or expired')
    const answer = read(callbackAnswer, request.body)
    const { dialog } = messageById(state, callback.mid)
    if (answer.message) editFromBot(context, state, callback.mid, answer.message)
    if (answer.notification) dialog.notice = { text: answer.notification, at: context.timing.now() }
    changed(dialog.person.key)
    return { success: true }
  })

  scope.post<{ Params: { chatId: string } }>('/chats/:chatId/actions', async (request) => {
    const dialog = openDialog(state, { chat_id: Number(request.params.chatId) })
    read(chatAction, request.body)
    dialog.typingUntil = context.timing.now() + actionMs
    changed(dialog.person.key)
    return { success: true }
  })
}

type MessagesQuery = ReturnType<typeof messagesQuery.parse>
/** By ids as asked, or of a chat, newest first. */
function listMessages(state: MaxState, query: MessagesQuery): object[] {
  if (query.message_ids !== undefined) {
    return query.message_ids.split(',').flatMap((mid) => {
      const found = state.messages.get(mid)
      return found && !found.stored.deleted ? [found.stored.message] : []
    })
  }
  if (query.chat_id === undefined) throw refusals.payload('chat_id or message_ids must be specified')
  const { messages } = openDialog(state, { chat_id: query.chat_id })
  const { from, to } = query
  return messages
    .filter((one) => !one.deleted && (from === undefined || one.message.timestamp <= from))
    .filter((one) => to === undefined || one.message.timestamp >= to)
    .map((one) => one.message)
    .reverse()
    .slice(0, query.count)
}
