import { Skeleton } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { MoreButton } from '../parts/more-button.tsx'
import { Failed } from '../parts/states.tsx'
import { type Column, DataTable } from './data-table.tsx'
import styles from './settings.module.css'

interface Page<T> {
  readonly items: readonly T[]
}

/** A keyset-paged list as a table that grows. */
export function PagesTable<T extends { readonly id: string }>({
  title,
  above,
  query,
  columns,
  empty,
  emptyHint,
}: {
  title: string
  /** Stands between the title and the table: what narrows it down. */
  above?: ReactNode
  query: UseInfiniteQueryResult<InfiniteData<Page<T>>>
  columns: readonly Column<T>[]
  empty?: string
  emptyHint?: string
}) {
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className={styles.head}>
        <h1>{title}</h1>
      </div>
      {above}
      {query.isPending && <Skeleton height={160} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <DataTable
          rows={rows}
          columns={columns}
          {...(empty && { empty })}
          {...(emptyHint && { emptyHint })}
        />
      )}
      <MoreButton query={query} mt={12} color="gray" />
    </>
  )
}
