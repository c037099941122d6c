import { useEffect, useReducer } from 'preact/hooks'
import type { Attachment } from '../../../../contracts/entries.ts'
import { MESSAGE_LIMITS } from '../../../../contracts/my.ts'
import { ApiProblem } from '../../../shared/api/index.ts'
import { isPassing, uploadToChat } from '../../data/api.ts'
import { isPhoto, lightenPhoto } from './lighten-photo.ts'

/** A file chosen for the next message, on its way to us or here already. */
export interface TrayFile {
  readonly key: number
  /** What is sent: of a photo, once its turn comes, the one that was made lighter. */
  readonly file: File
  readonly isLight: boolean
  /** Where a picture can be looked at before it is sent. */
  readonly preview: string | null
  /** How much of it has left, 0–1. */
  readonly share: number
  readonly state: 'queued' | 'sending' | 'waiting' | 'refused' | 'ready'
  /** Why it waits or was refused. */
  readonly problem?: ApiProblem
  readonly uploaded?: Attachment
  readonly stop: AbortController
}

/** What was chosen and not taken. */
export interface NotTaken {
  readonly tooLarge: readonly string[]
  readonly beyond: number
}

const NOTHING: NotTaken = { tooLarge: [], beyond: 0 }
const AGAIN_MS = 4_000
/** Pictures that a browser draws; what else calls itself an image is shown as a file. */
const DRAWN = /^image\/(png|jpeg|gif|webp|avif)$/

const watchers = new Set<() => void>()
let tray: readonly TrayFile[] = []
let notTaken = NOTHING
let owner: string | undefined
let nextKey = 0
let isCarrying = false
let timer: ReturnType<typeof setInterval> | undefined

function put(next: readonly TrayFile[]): void {
  tray = next
  for (const look of watchers) look()
  const waits = next.some(({ state }) => state === 'waiting')
  if (waits && timer === undefined) timer = setInterval(tryWaiting, AGAIN_MS)
  if (waits) return
  clearInterval(timer)
  timer = undefined
}

const change = (key: number, part: Partial<TrayFile>) =>
  put(tray.map((one) => (one.key === key ? { ...one, ...part } : one)))

function tryWaiting(): void {
  put(tray.map((one) => (one.state === 'waiting' ? { ...one, state: 'queued' } : one)))
  void carry()
}

/** One after the other: on a narrow network each that is through stays through. */
async function carry(): Promise<void> {
  if (isCarrying) return
  isCarrying = true
  const next = () => tray.find(({ state }) => state === 'queued')
  for (let one = next(); one; one = next()) await upload(one)
  isCarrying = false
}

async function upload({ key, file: chosen, isLight, stop }: TrayFile): Promise<void> {
  change(key, { state: 'sending', share: 0 })
  try {
    const file = isLight ? chosen : await lightenPhoto(chosen)
    change(key, { file, isLight: true })
    stop.signal.throwIfAborted()
    if (!fits(file)) throw new ApiProblem('attachment_too_large', 0, { maxBytes: MESSAGE_LIMITS.fileBytes })
    const uploaded = await uploadToChat(file, {
      onProgress: (share) => change(key, { share }),
      signal: stop.signal,
    })
    change(key, { state: 'ready', uploaded })
  } catch (error) {
    if (stop.signal.aborted) return
    const problem = error instanceof ApiProblem ? error : new ApiProblem('internal')
    change(key, { state: isPassing(problem) ? 'waiting' : 'refused', problem })
  }
}

const fits = ({ size }: File): boolean => size <= MESSAGE_LIMITS.fileBytes

/** Takes files for the next message, as many and as large as it may carry, and begins to upload them. */
export function addFiles(files: Iterable<File>): void {
  const all = [...files]
  // A photo is made lighter when its turn comes.
  const fitting = all.filter((file) => fits(file) || isPhoto(file))
  const taken = fitting.slice(0, MESSAGE_LIMITS.files - tray.length)
  notTaken = {
    tooLarge: all.filter((file) => !fitting.includes(file)).map(({ name }) => name),
    beyond: fitting.length - taken.length,
  }
  put([...tray, ...taken.map(asTrayFile)])
  void carry()
}

function asTrayFile(file: File): TrayFile {
  const preview = DRAWN.test(file.type) ? URL.createObjectURL(file) : null
  return {
    key: nextKey++,
    file,
    isLight: false,
    preview,
    share: 0,
    state: 'queued',
    stop: new AbortController(),
  }
}

/** Tries once more what was refused. */
export function uploadAgain({ key }: TrayFile): void {
  change(key, { state: 'queued' })
  void carry()
}

/** Takes a file out before it is sent. */
export function removeFile({ key, preview, stop }: TrayFile): void {
  stop.abort()
  if (preview) URL.revokeObjectURL(preview)
  notTaken = NOTHING
  put(tray.filter((one) => one.key !== key))
}

/** Empties the tray: its files have gone with a message, or belong to somebody who was signed in before. */
export function emptyTray(): void {
  for (const one of tray) removeFile(one)
}

/** The tray of the one who is signed in; it stays while they look elsewhere. */
export function useTray(subscriberId: string | undefined): { tray: readonly TrayFile[]; notTaken: NotTaken } {
  const [, look] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (owner === subscriberId) return
    owner = subscriberId
    emptyTray()
  }, [subscriberId])
  useEffect(() => {
    const watch = look as () => void
    watchers.add(watch)
    window.addEventListener('online', tryWaiting)
    return () => {
      watchers.delete(watch)
      window.removeEventListener('online', tryWaiting)
    }
  }, [])
  return { tray, notTaken }
}
