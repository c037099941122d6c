import { Skeleton } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failed } from '../parts/states.tsx'
import styles from './settings.module.css'

/** A room: its name, what one can add, what stands in it once it came. */
export function Room<T>({
  title,
  hint,
  action,
  query,
  children,
}: {
  title: string
  hint?: string
  action?: ReactNode
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
}) {
  return (
    <>
      <div className={styles.head}>
        <h1>{title}</h1>
        {action}
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      {query.isPending && <Skeleton height={160} />}
      {query.error && !query.data && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
    </>
  )
}
