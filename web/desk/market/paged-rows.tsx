import { Skeleton } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { MoreButton } from '../parts/more-button.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import { Empty, Failed } from '../parts/states.tsx'

/** Places of what is on its way. */
const ROWS = [1, 2, 3, 4, 5, 6]

interface Props<T> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly T[] }>>
  readonly empty: { readonly title: string; readonly hint: string }
  readonly children: (rows: readonly T[]) => ReactNode
}

/** A keyset-paged list that grows: on its way, empty, failed, or its rows. */
export function PagedRows<T>({ query, empty, children }: Props<T>) {
  const { data, error, isPending, refetch } = query
  if (isPending)
    return (
      <div aria-hidden>
        {ROWS.map((row) => (
          <Skeleton key={row} height={40} mb={6} />
        ))}
      </div>
    )
  if (!data) return <Failed error={error} retry={() => void refetch()} />
  const rows = data.pages.flatMap((page) => page.items)
  if (rows.length === 0) return <Empty {...empty} />
  return (
    <>
      {children(rows)}
      <ProblemLine error={error} />
      <MoreButton query={query} mt={12} color="gray" />
    </>
  )
}
