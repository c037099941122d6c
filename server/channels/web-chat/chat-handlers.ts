import type { ChatPage, chat } from '../../../contracts/chat.ts'
import { findAttachment, type InboundMessage, keepUpload, personHasRead } from '../../care/timeline/index.ts'
import { inTransaction, one, sql } from '../../platform/database/index.ts'
import { sendFile } from '../../platform/files/index.ts'
import { type Handlers, readUpload, type Visitor } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { findChat, type WebChatContext } from './context.ts'
import { listenTo } from './listen-to-lane.ts'
import { FILE_PATH, readForVisitor } from './present-chat.ts'
import { ATTACHMENT_MAX_BYTES, ATTACHMENTS_MAX, TEXT_MAX, webChatSettings } from './settings.ts'
import { makeVisitor, originOf, requireAllowedOrigin, sightingOf } from './visitors.ts'

/** Serves the `chat` contract. */
export function chatHandlers(context: WebChatContext): Handlers<typeof chat> {
  const { db, timeline } = context
  const openChat = async (accountId: string) => {
    const account = found(await findChat(context, accountId), 'chat')
    if (account.state === 'paused') throw new Refusal('channel_paused')
    return account
  }
  return {
    getChatConfig: async ({ query, request }) => {
      const account = await openChat(query.account)
      requireAllowedOrigin(context, account, originOf(request))
      const { operator, accent, radius, locale, greeting, quickReplies } = webChatSettings(account)
      const limits = {
        textMax: TEXT_MAX,
        attachmentMaxBytes: ATTACHMENT_MAX_BYTES,
        attachmentsMax: ATTACHMENTS_MAX,
      }
      return { accountId: account.id, operator, accent, radius, locale, greeting, quickReplies, ...limits }
    },
    startVisitor: async ({ body, request }) => {
      const account = await openChat(body.account)
      requireAllowedOrigin(context, account, originOf(request))
      await context.admit(request.ip)
      return makeVisitor(context, {
        account,
        origin: originOf(request) ?? '',
        page: body.page ?? null,
        locale: body.locale ?? null,
      })
    },
    readChat: async ({ query, actor, request }) => {
      const laneId = actor.contactPointId
      const look = () => readForVisitor(db, laneId, query.after, query.limit)
      const ear = listenTo(timeline.context.bus, laneId)
      try {
        const page = await look()
        if (page.lastSeq > query.after || query.waitMs === 0) return withReadMarks(context, laneId, page)
        await ear.hear(query.waitMs, request.raw)
      } finally {
        ear.close()
      }
      return withReadMarks(context, laneId, await look())
    },
    sendChatMessage: async ({ body, actor }) => {
      await context.limit('message', actor.id)
      const account = await openChat(actor.channelAccountId)
      if (body.text.trim() === '' && body.attachmentIds.length === 0)
        throw new Refusal('invalid_request', { what: 'nothing to send' })
      const receipt = await timeline.inbound.receiveMessage(account, {
        kind: 'message',
        key: `${actor.id}:${body.id}`,
        messageId: body.id,
        from: sightingOf(account, actor.id),
        providerAt: body.writtenAt ? new Date(body.writtenAt) : null,
        body: { type: 'message', text: body.text, ...(body.choice !== undefined && { choice: body.choice }) },
        files: body.attachmentIds.map((uploadedId) => ({ uploadedId, name: '' })),
      } satisfies InboundMessage)
      return {
        seq: receipt?.seq ?? null,
        at: (receipt?.storedAt ?? timeline.context.clock.now()).toISOString(),
      }
    },
    uploadChatAttachment: async ({ request, actor }) => {
      await context.limit('upload', actor.id)
      const file = await readUpload(request, timeline.context.files, { maxBytes: ATTACHMENT_MAX_BYTES })
      return keepUpload(timeline.context, {
        ...file,
        uploader: `visitor:${actor.contactPointId}`,
        path: FILE_PATH,
      })
    },
    downloadChatAttachment: async ({ params, actor, reply }) => {
      const file = await findAttachment(db, params.id)
      requireOwnFile(actor, file)
      if (file.state === 'erased') throw new Refusal('erased')
      if (!file.fileId) throw new Refusal('not_found', { what: 'file' })
      return sendFile(reply, await timeline.context.files.read(db, file.fileId), file.name)
    },
    markChatRead: ({ body, actor }) =>
      inTransaction(db, async (tx) => {
        await personHasRead(tx, timeline.context, actor.contactPointId, body.seq)
        return { done: true }
      }),
  }
}

function requireOwnFile(
  actor: Visitor,
  file: { readonly laneId: string | null; readonly uploader: string },
): void {
  const own = file.laneId
    ? file.laneId === actor.contactPointId
    : file.uploader === `visitor:${actor.contactPointId}`
  if (!own) throw new Refusal('not_found', { what: 'attachment' })
}

async function withReadMarks(
  { db }: WebChatContext,
  laneId: string,
  page: Pick<ChatPage, 'messages' | 'lastSeq' | 'more'>,
): Promise<ChatPage> {
  const marks = await one(
    db,
    sql<{ readByVisitor: number; readByAgent: number }>`
      select read_out_seq as "readByVisitor", read_in_seq as "readByAgent" from timeline.lane where id = ${laneId}`,
  )
  return { ...page, ...marks }
}
