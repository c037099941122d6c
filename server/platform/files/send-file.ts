import type { FastifyReply } from 'fastify'
import type { FileContent } from './files.ts'
import { kindOf } from './media-type.ts'
import { rangeOf } from './range.ts'

/** A file never changes; whoever said before that nothing is to be kept of the answer is heard. */
const KEPT = 'private, max-age=86400, immutable'

/**
 * Answers with a file as something foreign: a download unless every browser shows its type without running anything, never sniffed,
 * sandboxed, kept by no shared cache. Audio and video may be asked for in ranges. `name` is what the sender called it.
 */
export async function sendFile(reply: FastifyReply, file: FileContent, name: string): Promise<FastifyReply> {
  const kind = kindOf(file.mediaType)
  const inRanges = kind === 'audio' || kind === 'video'
  const range = inRanges ? rangeOf(reply.request.headers.range, file.bytes) : undefined
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${file.bytes}`).send()
  // First the bytes: that there are none is an answer which nobody is to keep for a day.
  const bytes = await file.stream(range)
  reply.headers({
    'content-type': kind === 'file' ? downloadType(file.mediaType) : file.mediaType,
    'content-disposition': disposition(kind === 'file' ? 'attachment' : 'inline', name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': reply.getHeader('cache-control') ?? KEPT,
    'content-length': range ? range.last - range.first + 1 : file.bytes,
    ...(inRanges && { 'accept-ranges': 'bytes' }),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${file.bytes}` }),
  })
  return reply.code(range ? 206 : 200).send(bytes)
}

// A type that could run somewhere is not even named.
function downloadType(mediaType: string): string {
  return /html|xml|svg|javascript/.test(mediaType) ? 'application/octet-stream' : mediaType
}

/** RFC 6266: the plain name for old clients, the real one by RFC 5987. Path signs and control characters never leave. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|]/gu, '_').slice(0, 200) || 'file'
  const ascii = clean.replace(/[^\x20-\x7e]/g, '_').replace(/[%;]/g, '_')
  const encoded = encodeURIComponent(clean.toWellFormed()).replace(/['()*]/g, percent)
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
}
