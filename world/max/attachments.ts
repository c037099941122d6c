import type { Blob } from '../core/blobs.ts'
import type { Context } from '../core/context.ts'
import { refusals } from './errors.ts'
import type { AttachmentRequest } from './requests.ts'
import type { MaxState, Upload } from './state.ts'
import type { MaxAttachment } from './wire.ts'

/** Where the bytes of an attachment are fetched from; like the real one, the address itself is the permission. */
export const mediaUrl = (context: Context, blob: Blob): string =>
  `${context.origin()}/max/media/${blob.id}/${encodeURIComponent(blob.name)}`

/** The attachment that a reader of the message gets for an uploaded file. */
export function attachmentOf(
  context: Context,
  type: Upload['type'],
  blob: Blob,
  token: string,
): MaxAttachment {
  const payload = { token, url: mediaUrl(context, blob) }
  switch (type) {
    case 'image':
      return { type, payload: { photo_id: photoId(blob), ...payload } }
    case 'video':
      return { type, payload, width: blob.width ?? null, height: blob.height ?? null }
    case 'audio':
      return { type, payload, transcription: null }
    case 'file':
      return { type, payload, filename: blob.name, size: blob.bytes.length }
  }
}

const photoId = (blob: Blob): number => Number.parseInt(Buffer.from(blob.id).toString('hex').slice(0, 12), 16)

/** Turns what a bot asks to attach into what readers get. Raises 400 for unknown and for not yet ready tokens. */
export function attach(context: Context, state: MaxState, requests: AttachmentRequest[]): MaxAttachment[] {
  return requests.flatMap((request) => attachOne(context, state, request))
}

function attachOne(context: Context, state: MaxState, request: AttachmentRequest): MaxAttachment[] {
  switch (request.type) {
    case 'inline_keyboard':
    case 'location':
      return [request]
    case 'contact': {
      const { name, vcf_info, vcf_phone } = request.payload
      const card =
        vcf_info ??
        `BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:${vcf_phone ?? ''}\r\nFN:${name ?? ''}\r\nEND:VCARD\r\n`
      return [{ type: 'contact', payload: { vcf_info: card, hash: null, max_info: null } }]
    }
    case 'image':
      return imageTokens(request.payload).map((token) => uploaded(context, state, 'image', token))
    default:
      return [uploaded(context, state, request.type, request.payload.token)]
  }
}

type ImagePayload = Extract<AttachmentRequest, { type: 'image' }>['payload']
function imageTokens(payload: ImagePayload): string[] {
  if (payload.token) return [payload.token]
  const tokens = Object.values(payload.photos ?? {}).map((photo) => photo.token)
  if (tokens.length === 0)
    throw refusals.payload('attachments: image by external url is not served by this stand-in')
  return tokens
}

function uploaded(context: Context, state: MaxState, type: Upload['type'], token: string): MaxAttachment {
  const upload = [...state.uploads.values()].find((one) => one.token === token && one.type === type)
  if (!upload) throw refusals.payload(`attachments: unknown ${type} token`)
  const blob = upload.blobId === undefined ? undefined : context.blobs.get(upload.blobId)
  if (!blob || upload.readyAt > context.timing.now()) throw refusals.notReady()
  return attachmentOf(context, type, blob, token)
}
