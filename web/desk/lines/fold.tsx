import { Skeleton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './lines.module.css'

interface Props<Data> {
  readonly name: string
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly query: { readonly data: Data | undefined; readonly error: unknown }
  readonly children: (data: Data) => ReactNode
}

/** A part of a line that is asked for only once somebody opens it. */
export function Fold<Data>({ name, isOpen, toggle, query: { data, error }, children }: Props<Data>) {
  const id = useId()
  return (
    <section className={styles.group}>
      <h5>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={toggle}
        >
          <IconChevronRight size={14} aria-hidden data-open={isOpen} /> {name}
        </button>
      </h5>
      <div id={id}>
        {isOpen &&
          data === undefined &&
          (error ? <ProblemLine error={error} /> : <Skeleton height={72} aria-hidden />)}
        {isOpen && data !== undefined && children(data)}
      </div>
    </section>
  )
}
