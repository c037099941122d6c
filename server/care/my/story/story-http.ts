import type { my as contract } from '../../../../contracts/my.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import { sendFile } from '../../../platform/files/index.ts'
import { type Handlers, readUpload, type Subscriber } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSubscriber } from '../../subscribers/index.ts'
import { findAttachment, keepUpload, mayReadFile, personHasRead, readStory } from '../../timeline/index.ts'
import { ATTACHMENT_MAX_BYTES } from '../adapter.ts'
import type { MyRoom } from '../my-room.ts'
import { appLaneOf } from './app-lane.ts'
import { FILE_PATH, presentItems } from './present-story.ts'
import { sendMessage } from './send-message.ts'

type Story =
  | 'readMyTimeline'
  | 'sendMyMessage'
  | 'uploadMyAttachment'
  | 'downloadMyAttachment'
  | 'markMyTimelineRead'

/** The chat in the app, and the person's whole story on every door. */
export function storyHandlers(room: MyRoom): Pick<Handlers<typeof contract>, Story> {
  const { db, timeline } = room
  return {
    async readMyTimeline({ actor, query }) {
      const { lanes } = await readSubscriber(db, actor.id)
      const { before, limit } = query
      const { items, next, laneSeqs } = await readStory(db, lanes, { before, limit, filePath: FILE_PATH })
      return { entries: presentItems(items), next, laneSeqs }
    },
    async sendMyMessage({ actor, body }) {
      const { writtenAt, ...message } = body
      const sent = await sendMessage(room, actor, {
        ...message,
        writtenAt: writtenAt === undefined ? undefined : new Date(writtenAt),
      })
      return { laneId: sent.laneId, seq: sent.seq, at: sent.at.toISOString() }
    },
    async uploadMyAttachment({ actor, request }) {
      await room.limit('upload', actor.id)
      const laneId = await appLaneOf(db, room, actor.id)
      const file = await readUpload(request, timeline.context.files, { maxBytes: ATTACHMENT_MAX_BYTES })
      return keepUpload(timeline.context, { ...file, uploader: uploaderOf(laneId), path: FILE_PATH })
    },
    async downloadMyAttachment({ actor, params, reply }) {
      const file = await findAttachment(db, params.id)
      await requireOwnFile(room, actor, params.id, file)
      if (file.state === 'erased') throw new Refusal('erased')
      if (!file.fileId) throw new Refusal('not_found', { what: 'file' })
      return sendFile(reply, await timeline.context.files.read(db, file.fileId), file.name)
    },
    async markMyTimelineRead({ actor, body }) {
      if (body.laneId !== (await appLaneOf(db, room, actor.id)))
        throw new Refusal('not_found', { what: 'chat' })
      await inTransaction(db, (tx) => personHasRead(tx, timeline.context, body.laneId, body.seq))
      return { done: true }
    },
  }
}

/** What the pipelines call whoever uploads to their own lane. */
const uploaderOf = (laneId: string) => `visitor:${laneId}`

/** A file of the person's story within the time that its lane was theirs, or one that they have uploaded and not yet sent. */
async function requireOwnFile(
  room: MyRoom,
  actor: Subscriber,
  id: string,
  { laneId, uploader }: { readonly laneId: string | null; readonly uploader: string },
): Promise<void> {
  const own =
    laneId === null
      ? uploader === uploaderOf(await appLaneOf(room.db, room, actor.id))
      : await mayReadFile(room.db, (await readSubscriber(room.db, actor.id)).lanes, id)
  if (!own) throw new Refusal('not_found', { what: 'attachment' })
}
