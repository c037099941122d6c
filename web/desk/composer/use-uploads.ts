import { useCallback, useRef, useState } from 'react'
import { attachments as contract } from '../../../contracts/attachments.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import { uploadFile } from '../../shared/api/index.ts'

/** A file on its way to the server. */
export interface Upload {
  readonly key: string
  readonly name: string
  readonly share: number
  readonly error: unknown
}

/** Uploads files one by one as they are given; hands each finished one on. */
export function useUploads(onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const stops = useRef(new Map<string, AbortController>())
  const drop = useCallback((key: string) => setUploads((list) => list.filter((one) => one.key !== key)), [])

  const start = useCallback(
    async (file: File) => {
      const key = crypto.randomUUID()
      const stop = new AbortController()
      stops.current.set(key, stop)
      const set = (part: Partial<Upload>) =>
        setUploads((list) => list.map((one) => (one.key === key ? { ...one, ...part } : one)))
      setUploads((list) => [...list, { key, name: file.name, share: 0, error: null }])
      try {
        const answer = await uploadFile(contract.uploadAttachment.path, file, {
          onProgress: (share) => set({ share }),
          signal: stop.signal,
        })
        onDone(contract.uploadAttachment.response.parse(answer))
        drop(key)
      } catch (error) {
        if (stop.signal.aborted) drop(key)
        else set({ error })
      }
    },
    [onDone, drop],
  )

  const remove = useCallback(
    (key: string) => {
      stops.current.get(key)?.abort()
      drop(key)
    },
    [drop],
  )
  return { uploads, add: (files: Iterable<File>) => [...files].forEach((file) => void start(file)), remove }
}
