import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Files, Staged } from '../files/index.ts'
import { Refusal } from '../refusal.ts'

export interface UploadLimits {
  readonly maxBytes: number
  /** Judges the type that was found in the bytes; default: any. */
  readonly allowed?: (mediaType: string) => boolean
}

export interface Upload {
  /** As the sender called it, without folders. */
  readonly name: string
  /** Durable but nobody's yet: `files.keep` it. */
  readonly file: Staged
}

const NAME_MAX = 255

/** Lets the routes of a scope take `multipart/form-data`; they read it by `readUpload`. Each request of the scope pays for that, hence not the whole app. */
export async function addUploads(scope: FastifyInstance): Promise<void> {
  await scope.register(multipart, {
    limits: { files: 1, fields: 10, fieldSize: 1000, headerPairs: 100, parts: 11 },
  })
}

/**
 * Reads the one file of a multipart request straight to the files port.
 * @throws Refusal attachment_too_large (`maxBytes`) · attachment_not_allowed (`mediaType`) · invalid_request (no file)
 */
export async function readUpload(
  request: FastifyRequest,
  files: Files,
  { maxBytes, allowed = () => true }: UploadLimits,
): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal('invalid_request', { what: 'multipart/form-data' })
  // One byte more than allowed, so that the port sees the excess and says the limit.
  const part = await request.file({ limits: { fileSize: maxBytes + 1 }, throwFileSizeLimit: false })
  if (part === undefined) throw new Refusal('invalid_request', { what: 'file' })
  const file = await files.stage(whole(part.file), { maxBytes })
  // What is not kept goes at the next sweep.
  if (!allowed(file.mediaType)) throw new Refusal('attachment_not_allowed', { mediaType: file.mediaType })
  return { name: nameOf(part.filename), file }
}

// A form that ends in the middle of its file is the sender's fault, not a defect.
async function* whole(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body
  } catch (cause) {
    throw Object.assign(new Refusal('invalid_request', { what: 'file broke off' }), { cause })
  }
}

function nameOf(given: string | undefined): string {
  const name = (given ?? '').split(/[\\/]/).at(-1) ?? ''
  const clean = name
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, NAME_MAX)
  return clean === '' ? 'file' : clean
}
