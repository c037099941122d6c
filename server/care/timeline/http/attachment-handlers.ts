import type { attachments } from '../../../../contracts/attachments.ts'
import { sendFile } from '../../../platform/files/index.ts'
import { type Handlers, readUpload } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { recordDownload } from '../../audit/index.ts'
import { readPerson } from '../../subscribers/index.ts'
import { MAX_FILE_BYTES } from '../attachments/attach-files.ts'
import { findAttachment, keepUpload } from '../attachments/upload.ts'
import { requireNeedToKnowPerson } from '../conversations/need-to-know.ts'
import type { TimelineContext } from '../timeline-context.ts'

/** Files of the staff: uploads to be sent, and the files of persons whom they may know. */
export function attachmentHandlers(context: TimelineContext): Handlers<typeof attachments> {
  const { db, clock, files } = context
  return {
    uploadAttachment: async ({ request, actor }) => {
      const file = await readUpload(request, files, { maxBytes: MAX_FILE_BYTES })
      return keepUpload(context, {
        ...file,
        uploader: `${actor.kind}:${actor.id}`,
        path: '/api/v1/attachments/',
      })
    },
    downloadAttachment: async ({ params, actor, request, reply }) => {
      const attachment = await findAttachment(db, params.id)
      if (attachment.state === 'erased') throw new Refusal('erased')
      if (attachment.laneId) {
        // Whoever has the lane now may not be who sent the file.
        const { lanes } = await readPerson(db, attachment.laneId, attachment.storedAt)
        await requireNeedToKnowPerson(db, actor, lanes, clock.now())
      } else if (attachment.uploader !== `${actor.kind}:${actor.id}`)
        throw new Refusal('not_found', { what: 'attachment' })
      if (!attachment.fileId) throw new Refusal('not_found', { what: 'file' })
      if (attachment.laneId) {
        const look = { actor, contactPointId: attachment.laneId, address: request.ip }
        await recordDownload(db, clock, look)
      }
      // Agents work at home, on browsers of their own: nothing of a person stays there, nor opens once the desk is locked.
      reply.header('cache-control', 'no-store')
      return sendFile(reply, await files.read(db, attachment.fileId), attachment.name)
    },
  }
}
