import type { Route } from '../../../contracts/route.ts'
import { ApiProblem, problemOf, urlOf } from '../../shared/api/index.ts'
import { asMy } from './api.ts'

/** A year of details on a bad network. */
const LIMIT_MS = 120_000

/**
 * Fetches a file and gives it to the browser to keep, under the name that the server gave it. Rejects with an `ApiProblem`.
 * Not by a link: a refusal would replace the app.
 */
export async function download(
  route: Pick<Route, 'path'>,
  asked: {
    readonly params?: Readonly<Record<string, unknown>>
    readonly query?: Readonly<Record<string, unknown>>
  },
): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS)
  const response = await asMy(urlOf(route, asked), { credentials: 'same-origin', signal: limit }).catch(
    () => {
      throw new ApiProblem(limit.aborted ? 'timeout' : 'network')
    },
  )
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => null))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
