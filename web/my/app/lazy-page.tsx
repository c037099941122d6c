import type { ComponentType, FunctionComponent } from 'preact'
import { ApiProblem } from '../../shared/api/index.ts'
import { fetchReading, useReading } from '../data/reading.ts'
import { Skeleton, Trouble } from '../parts/states.tsx'

/** A screen that is fetched when it is first opened, or before by `prefetch`; a lost network can be tried again, and is when it is back. */
export function lazyPage<P extends object>(
  name: string,
  load: () => Promise<ComponentType<P>>,
): FunctionComponent<P> & { readonly prefetch: () => void } {
  const key = `screen:${name}`
  const read = () =>
    load().catch(() => {
      throw new ApiProblem('network')
    })
  function LazyPage(props: P) {
    const { value: Page, problem, again } = useReading(key, read)
    if (Page) return <Page {...props} />
    return problem ? <Trouble problem={problem} again={again} /> : <Skeleton />
  }
  return Object.assign(LazyPage, { prefetch: () => fetchReading(key, read) })
}
