import { useRef, useState } from 'preact/hooks'
import type { Attachment } from '../../../contracts/entries.ts'
import { bend } from '../locales/index.ts'
import { useSurroundings } from './context.ts'
import { refusalWords } from './refusals.ts'

/** A file in the composer, on its way to the server or there already. */
export interface Upload {
  readonly key: number
  readonly file: File
  /** 0–1 */
  readonly progress: number
  readonly done?: Attachment
  /** Words for the person; the file can be tried again or removed. */
  readonly trouble?: string
  readonly stop: AbortController
}

/** The composer's tray of files: takes them in, uploads them at once, says why one cannot be taken. */
export const useUploads = () => {
  const { chat, texts } = useSurroundings()
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const [trouble, setTrouble] = useState('')
  const nextKey = useRef(0)

  const change = (key: number, part: Partial<Upload>) =>
    setUploads((list) => list.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))

  const send = async ({ key, file, stop }: Upload) => {
    const answer = await chat.upload(file, (progress) => change(key, { progress }), stop.signal)
    if (answer.ok) return change(key, { done: answer.value })
    const code = answer.code === 'offline' ? 'file_offline' : answer.code
    change(key, { trouble: refusalWords(texts, code, chat.get().config) })
  }

  const add = (files: Iterable<File>) => {
    const { config } = chat.get()
    const most = config?.attachmentsMax ?? 10
    const room = most - uploads.length
    const all = [...files]
    const taken = all
      .slice(0, room)
      .filter((file) => file.size <= (config?.attachmentMaxBytes ?? Number.POSITIVE_INFINITY))
    if (all.length > room) setTrouble(bend(texts, texts.tooManyFiles, most))
    else setTrouble(taken.length < all.length ? refusalWords(texts, 'attachment_too_large', config) : '')
    const begun = taken.map(
      (file): Upload => ({ key: nextKey.current++, file, progress: 0, stop: new AbortController() }),
    )
    setUploads((list) => [...list, ...begun])
    for (const upload of begun) void send(upload)
  }

  return {
    uploads,
    trouble,
    add,
    again: (upload: Upload) => {
      setUploads((list) =>
        list.map((one) => {
          if (one.key !== upload.key) return one
          const { trouble: _, ...fresh } = one
          return { ...fresh, progress: 0 }
        }),
      )
      void send(upload)
    },
    remove: (upload: Upload) => {
      upload.stop.abort()
      setTrouble('')
      setUploads((list) => list.filter(({ key }) => key !== upload.key))
    },
    clear: () => {
      setUploads([])
      setTrouble('')
    },
  }
}
