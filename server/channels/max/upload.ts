import { FormData } from 'undici'
import { z } from 'zod'
import type { OutgoingFile } from '../../care/timeline/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { callMax } from './api.ts'
import { type MaxDeps, USUAL_TIMING } from './deps.ts'
import type { MaxBot } from './settings.ts'

/** What a message carries for an uploaded file. */
export interface Uploaded {
  readonly type: 'image' | 'video' | 'audio' | 'file'
  readonly payload: Readonly<Record<string, unknown>>
}

/** What MAX shows as pictures and films (`POST /uploads`); the rest travels as a file. */
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/tiff', 'image/bmp', 'image/heic'])
const VIDEOS = new Set(['video/mp4', 'video/quicktime', 'video/x-matroska', 'video/webm'])

export function uploadType({ mediaType }: Pick<OutgoingFile, 'mediaType'>): Uploaded['type'] {
  if (IMAGES.has(mediaType)) return 'image'
  if (VIDEOS.has(mediaType)) return 'video'
  return mediaType.startsWith('audio/') ? 'audio' : 'file'
}

const Place = z.object({ url: z.string(), token: z.string().optional() })
const ImageAnswer = z.object({ photos: z.record(z.string(), z.object({ token: z.string() })) })
const FileAnswer = z.object({ token: z.string() })

/**
 * Brings a file to MAX. Its token comes with the place for films and sounds, with the answer to the upload for pictures and files.
 * @throws MaxRefused · Unavailable: nothing has been sent to the person by then
 */
export async function upload(
  deps: MaxDeps,
  bot: MaxBot,
  file: OutgoingFile,
  bytes: Buffer,
  signal: AbortSignal,
): Promise<Uploaded> {
  const type = uploadType(file)
  const asked = { method: 'POST', path: '/uploads', query: { type }, signal } as const
  const { url, token } = Place.parse(await callMax(deps, bot, asked))
  const form = new FormData()
  form.append('data', new Blob([new Uint8Array(bytes)], { type: file.mediaType }), file.name.toWellFormed())
  const { callMs } = { ...USUAL_TIMING, ...deps.timing }
  const expect = (status: number) => status === 200
  const answer = await deps.outgoing.request({
    url,
    method: 'POST',
    body: form,
    timeoutMs: callMs,
    signal,
    expect,
  })
  if (type === 'video' || type === 'audio') {
    if (!token) throw new Unavailable(new URL(url).host, { reason: 'no upload token', mayHaveArrived: true })
    return { type, payload: { token } }
  }
  const schema = type === 'image' ? ImageAnswer : FileAnswer
  return { type, payload: schema.parse(JSON.parse(answer.body.toString('utf8'))) }
}
