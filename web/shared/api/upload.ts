import { ApiProblem, problemOf } from './problem.ts'

export interface UploadOptions {
  /** Share done, 0–1. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** An upload of which nothing moves for so long has lost its network, whatever the browser believes. */
const STALLED_MS = 45_000

function payloadOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return null
  }
}

/**
 * Sends one file as multipart (field `file`) and tells how far it is; `fetch` cannot report progress of uploads.
 * Gives the parsed JSON answer; throws `ApiProblem`, or the signal's reason when it was removed.
 */
export function uploadFile(url: string, file: File, { onProgress, signal }: UploadOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    const stalled = () => {
      reject(new ApiProblem('timeout'))
      request.abort()
    }
    let watch = setTimeout(stalled, STALLED_MS)
    request.onloadend = () => clearTimeout(watch)
    request.upload.onprogress = (event) => {
      clearTimeout(watch)
      watch = setTimeout(stalled, STALLED_MS)
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      const payload = payloadOf(request)
      if (request.status >= 200 && request.status < 300) resolve(payload)
      else reject(problemOf(request.status, payload))
    }
    request.onerror = () => reject(new ApiProblem('network'))
    request.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}
