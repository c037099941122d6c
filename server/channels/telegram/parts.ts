import { FormData } from 'undici'
import type { OutgoingFile, OutgoingMessage } from '../../care/timeline/index.ts'

/** A file with its bytes at hand. */
export interface Loaded {
  readonly file: OutgoingFile
  readonly bytes: Buffer
}

/** One call of the Bot API. */
export interface Part {
  readonly method: string
  readonly body: Readonly<Record<string, unknown>> | FormData
  /** The same as a plain file, for a picture that Telegram does not take as a photo. */
  readonly asDocument?: Part
}

type Shape = 'photo' | 'video' | 'document' | 'voice'

/** sendPhoto takes 10 MB, the others 50. */
const PHOTO_MAX_BYTES = 10 * 1024 * 1024
/** sendMediaGroup takes 2–10 items. */
const ALBUM_MAX = 10
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp'])
/** What clients play as a voice message: OGG with Opus, MP3, M4A. */
const VOICES = new Set(['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a'])

/**
 * The calls that carry a message, in their order. Words go as the caption of the first file; beside an album, which carries no
 * buttons, words with buttons follow as a message of their own.
 */
export function partsOf(message: OutgoingMessage, files: readonly Loaded[]): Part[] {
  const text = message.text.toWellFormed()
  const head = { chat_id: message.address }
  const markup = markupOf(message)
  if (files.length === 0) return [{ method: 'sendMessage', body: { ...head, text, ...markup } }]
  const runs = runsOf(files)
  const wordsApart = markup !== undefined && (runs[0]?.files.length ?? 0) > 1
  const parts = runs.map((run, index) => {
    const caption = index === 0 && !wordsApart ? text : ''
    return run.files.length === 1
      ? singlePart(head, run, caption, index === 0 ? markup : undefined)
      : albumPart(head, run, caption)
  })
  if (wordsApart) parts.push({ method: 'sendMessage', body: { ...head, text, ...markup } })
  return parts
}

function markupOf({ buttons }: OutgoingMessage) {
  if (buttons.length === 0) return undefined
  const rows = buttons.map(({ title, payload }) => [{ text: title, callback_data: payload }])
  return { reply_markup: { inline_keyboard: rows } }
}

interface Run {
  readonly family: 'visual' | 'document' | 'voice'
  readonly files: (Loaded & { readonly shape: Shape })[]
}

/** Neighbours that Telegram groups: photos with videos, documents with documents; a voice message stands alone. */
function runsOf(files: readonly Loaded[]): Run[] {
  const runs: Run[] = []
  for (const loaded of files) {
    const shape = shapeOf(loaded)
    const family = shape === 'photo' || shape === 'video' ? 'visual' : shape
    const last = runs.at(-1)
    const joins = last?.family === family && family !== 'voice' && last.files.length < ALBUM_MAX
    if (last && joins) last.files.push({ ...loaded, shape })
    else runs.push({ family, files: [{ ...loaded, shape }] })
  }
  return runs
}

function shapeOf({ file, bytes }: Loaded): Shape {
  if (PHOTOS.has(file.mediaType) && bytes.length <= PHOTO_MAX_BYTES) return 'photo'
  if (file.mediaType === 'video/mp4') return 'video'
  return VOICES.has(file.mediaType) ? 'voice' : 'document'
}

type Markup = ReturnType<typeof markupOf>
type Head = { chat_id: string }

function singlePart(head: Head, { files }: Run, caption: string, markup: Markup): Part {
  const [loaded] = files
  if (!loaded) throw new Error('a run of no files')
  const part = (shape: Shape): Part => ({
    method: `send${shape.charAt(0).toUpperCase()}${shape.slice(1)}`,
    body: formOf({ ...head, ...(caption && { caption }), ...markup }, [[shape, loaded]]),
  })
  return loaded.shape === 'photo' ? { ...part('photo'), asDocument: part('document') } : part(loaded.shape)
}

function albumPart(head: Head, { files }: Run, caption: string): Part {
  const media = files.map(({ shape }, index) => ({
    type: shape,
    media: `attach://file${index}`,
    ...(index === 0 && caption && { caption }),
  }))
  const uploads = files.map((loaded, index): [string, Loaded] => [`file${index}`, loaded])
  return { method: 'sendMediaGroup', body: formOf({ ...head, media }, uploads) }
}

/** A form carries objects as JSON. */
function formOf(fields: Readonly<Record<string, unknown>>, uploads: readonly [string, Loaded][]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  for (const [name, { file, bytes }] of uploads) {
    form.append(name, new Blob([new Uint8Array(bytes)], { type: file.mediaType }), file.name.toWellFormed())
  }
  return form
}
