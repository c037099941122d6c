import { Attachment } from '../../../contracts/entries.ts'
import { my } from '../../../contracts/my.ts'
import {
  ApiProblem,
  createClient,
  isProblem,
  type UploadOptions,
  uploadFile,
} from '../../shared/api/index.ts'

type Listener = (problem: ApiProblem) => void
const listeners = new Set<Listener>()

/** Hears of every problem of every call: the session ended, the network is away. */
export function onProblem(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One browser may be signed in at the desk too: the header says that it is My that asks. */
export const asMy: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('x-otklik-app', 'my')
  return fetch(input, { ...init, headers })
}

const onEveryProblem = (problem: ApiProblem) => {
  for (const tell of listeners) tell(problem)
}

export const call = createClient({ fetch: asMy, onProblem: onEveryProblem })

/** Uploads a file of a message that is still to be sent. Throws `ApiProblem`, or the signal's reason. */
export async function uploadToChat(file: File, options: UploadOptions): Promise<Attachment> {
  try {
    const answer = Attachment.safeParse(await uploadFile(my.uploadMyAttachment.path, file, options))
    if (answer.success) return answer.data
    throw new ApiProblem('bad_answer', 200)
  } catch (error) {
    if (error instanceof ApiProblem) onEveryProblem(error)
    throw error
  }
}

/** Whether the same may go well later without anybody doing anything. */
export const isPassing = (problem: unknown): boolean =>
  isProblem(problem, 'network', 'timeout', 'unavailable', 'database_unavailable', 'rate_limited')

/** Whether nobody answered: there is no network, or it is too narrow. */
export const isUnheard = (problem: unknown): boolean => isProblem(problem, 'network', 'timeout')
