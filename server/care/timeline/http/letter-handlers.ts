import type { FastifyRequest } from 'fastify'
import type { conversations } from '../../../../contracts/conversations.ts'
import { judgeMediaType, kindOf } from '../../../platform/files/index.ts'
import type { Handlers, Service, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { recordOpen } from '../../audit/index.ts'
import { findConversation } from '../conversations/conversation.ts'
import { requireNeedToKnow } from '../conversations/need-to-know.ts'
import { personOf } from '../conversations/whose.ts'
import { LETTER_HEADERS, letterPage, remoteImageAt } from '../reading/letter-page.ts'
import { readAttachments } from '../reading/present-entries.ts'
import { readEntriesBySeq } from '../reading/read-entries.ts'
import type { TimelineContext } from '../timeline-context.ts'

const IMAGE_MAX_BYTES = 5 * 1024 * 1024
const IMAGE_WITHIN_MS = 10_000

interface Place {
  readonly id: string
  readonly laneId: string
  readonly seq: number
}

/** Mails as they were laid out, for the frame in which the desk shows them. */
export function letterHandlers(
  context: TimelineContext,
): Pick<Handlers<typeof conversations>, 'readLetter' | 'readLetterImage'> {
  const { db, outgoing } = context
  return {
    readLetter: async ({ params, query, actor, request, reply }) => {
      const { laneId, seq } = params
      const html = await htmlOf(context, params, actor, request)
      const files = await readAttachments(db, { lanes: [laneId], seqs: [seq] }, '/api/v1/attachments/')
      const base = `/api/v1/conversations/${params.id}/letters/${laneId}/${seq}/images/`
      const page = letterPage(html, {
        files: files.get(`${laneId}/${seq}`) ?? [],
        imageUrl: query.images === 'shown' ? (place) => `${base}${place}` : null,
      })
      return reply.headers(LETTER_HEADERS).send(page)
    },
    readLetterImage: async ({ params, actor, request, reply }) => {
      const html = await htmlOf(context, params, actor, request)
      const { body } = await outgoing.request({
        url: found(remoteImageAt(html, params.image), 'image'),
        headers: { accept: 'image/*' },
        timeoutMs: IMAGE_WITHIN_MS,
        maxBytes: IMAGE_MAX_BYTES,
        expect: (status) => status === 200,
      })
      // Judged from the bytes: what the other server calls it is never believed.
      const mediaType = await judgeMediaType(body)
      if (kindOf(mediaType) !== 'image') throw new Refusal('attachment_not_allowed', { mediaType })
      return reply
        .headers({
          'content-type': mediaType,
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'private, max-age=3600',
        })
        .send(body)
    },
  }
}

/** The letter's own HTML, for whoever may read the conversation: on a lane of its person, within their time with it. */
async function htmlOf(
  { db, clock }: TimelineContext,
  { id, laneId, seq }: Place,
  actor: Staff | Service,
  request: FastifyRequest,
): Promise<string> {
  await requireNeedToKnow(db, actor, id, clock.now())
  const conversation = await findConversation(db, id)
  const [{ lanes }, [entry]] = await Promise.all([
    personOf(db, conversation),
    readEntriesBySeq(db, laneId, [seq]),
  ])
  const isTheirs = lanes.some(
    (window) =>
      entry &&
      window.laneId === laneId &&
      (window.from === null || entry.storedAt >= window.from) &&
      (window.to === null || entry.storedAt < window.to),
  )
  if (!entry || !isTheirs) throw new Refusal('not_found', { what: 'letter' })
  await recordOpen(db, clock, {
    actor,
    conversationId: id,
    contactPointId: conversation.laneId,
    address: request.ip,
  })
  if (entry.body === null) throw new Refusal('erased')
  const html = entry.body.type === 'message' ? entry.body.mail?.html : undefined
  return found(html, 'letter')
}
