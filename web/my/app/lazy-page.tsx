import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { ApiProblem } from '../../shared/api/index.ts'
import { Skeleton, Trouble } from '../parts/states.tsx'

/** A screen that is fetched when it is first opened; a lost network can be tried again. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function LazyPage(props: P) {
    const [Page, setPage] = useState<{ of: ComponentType<P> } | undefined>(loaded && { of: loaded })
    const [problem, setProblem] = useState<ApiProblem>()
    const fetchPage = () => {
      setProblem(undefined)
      load().then(
        (page) => {
          loaded = page
          setPage({ of: page })
        },
        () => setProblem(new ApiProblem('network')),
      )
    }
    // biome-ignore lint/correctness/useExhaustiveDependencies: once
    useEffect(() => {
      if (!Page) fetchPage()
    }, [])
    if (Page) return <Page.of {...props} />
    return problem ? <Trouble problem={problem} again={fetchPage} /> : <Skeleton />
  }
}
