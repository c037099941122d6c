import type { FastifyInstance } from 'fastify'
import type { Context } from '../core/context.ts'
import { refusals } from './errors.ts'
import { read, uploadQuery } from './requests.ts'
import { type MaxState, newToken, type Upload } from './state.ts'

/** A fresh upload is refused as `attachment.not.ready` for this long. */
const processingMs = 500

/** `POST /uploads`: where to bring the file; the token of video and audio is told here already. */
export function uploadsRoute(scope: FastifyInstance, context: Context, state: MaxState): void {
  scope.post('/uploads', async (request) => {
    const { type } = read(uploadQuery, request.query)
    const id = newToken()
    const upload: Upload = { id, type, token: newToken(), blobId: undefined, readyAt: 0, parts: [] }
    state.uploads.set(id, upload)
    const url = `${context.origin()}/max/upload/${id}`
    return type === 'video' || type === 'audio' ? { url, token: upload.token } : { url }
  })
}

/** The upload address itself and the download of what was sent: no token, the address is the permission. */
export function mediaRoutes(scope: FastifyInstance, context: Context, state: MaxState): void {
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  scope.post<{ Params: { id: string } }>('/upload/:id', async (request, reply) => {
    const upload = state.uploads.get(request.params.id)
    if (!upload) throw refusals.payload('Unknown upload url')
    if (upload.blobId !== undefined) throw refusals.payload('This url has taken its file')
    const file = request.isMultipart()
      ? await wholeFile(await request.file())
      : rangePart(upload, request.headers, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))
    if (file === undefined) return reply.type('text/plain').send(String(upload.parts.length))
    upload.blobId = context.blobs.put(file).id
    context.timing.after(processingMs, () => {
      upload.readyAt = 0
    })
    upload.readyAt = Number.POSITIVE_INFINITY
    return reply
      .type(upload.type === 'video' || upload.type === 'audio' ? 'text/xml' : 'application/json')
      .send(answerOf(upload))
  })

  scope.get<{ Params: { id: string } }>('/media/:id/*', async (request, reply) => {
    const blob = context.blobs.get(request.params.id)
    if (!blob) return reply.code(404).send({ code: 'not.found', message: 'No such media' })
    return reply.type(blob.type).header('content-security-policy', 'sandbox').send(blob.bytes)
  })
}

type MultipartFile = { filename: string; mimetype: string; toBuffer(): Promise<Buffer> }
async function wholeFile(
  part: MultipartFile | undefined,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  if (!part) throw refusals.payload('Multipart field data is missing')
  return { name: part.filename || 'file', type: part.mimetype, bytes: await part.toBuffer() }
}

/** Resumable upload: parts with Content-Range; the last one makes the file. */
function rangePart(
  upload: Upload,
  headers: Record<string, string | string[] | undefined>,
  part: Buffer,
): { name: string; type: string; bytes: Buffer } | undefined {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(headers['content-range'] ?? ''))
  upload.parts.push(part)
  if (range && Number(range[2]) + 1 < Number(range[3])) return undefined
  const name = String(headers['x-file-name'] ?? 'file')
  return { name, type: 'application/octet-stream', bytes: Buffer.concat(upload.parts) }
}

/** Images answer with a token for each size, files with theirs, video and audio with a word of XML. */
function answerOf(upload: Upload): string | object {
  if (upload.type === 'image') return { photos: { [upload.id]: { token: upload.token } } }
  if (upload.type === 'file')
    return {
      fileId: Number.parseInt(Buffer.from(upload.id).toString('hex').slice(0, 12), 16),
      token: upload.token,
    }
  return '<retval>1</retval>'
}
