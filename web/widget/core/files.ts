import type { Attachment } from '../../../contracts/entries.ts'
import type { Answer, ChatApi } from './api.ts'

export interface FilesDeps {
  readonly api: Pick<ChatApi, 'upload' | 'download'>
  readonly token: () => string | undefined
  /** The token, started now if there is none: a file may be the first thing that is said. */
  readonly ensureToken: () => Promise<Answer<string>>
}

/** The files of a conversation. */
export interface Files {
  upload: (
    file: File,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<Answer<Attachment>>
  download: (attachmentId: string) => Promise<Answer<Blob>>
  /** What is known of a file that was uploaded on this page. */
  uploaded: (attachmentId: string) => Attachment | undefined
}

export const createFiles = ({ api, token, ensureToken }: FilesDeps): Files => {
  const known = new Map<string, Attachment>()
  return {
    upload: async (file, onProgress, signal) => {
      const owner = await ensureToken()
      if (!owner.ok) return owner
      const answer = await api.upload(owner.value, file, onProgress, signal)
      if (answer.ok) known.set(answer.value.id, answer.value)
      return answer
    },
    download: async (attachmentId) => {
      const reader = token()
      return reader ? api.download(reader, attachmentId) : { ok: false, code: 'unauthenticated', status: 401 }
    },
    uploaded: (attachmentId) => known.get(attachmentId),
  }
}
