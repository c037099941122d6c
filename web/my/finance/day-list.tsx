import type { ComponentChildren } from 'preact'
import { formatDay } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import parts from '../parts/parts.module.css'
import { daysOf } from './days-of.ts'
import styles from './finance.module.css'

interface Props<T> {
  /** In the order of time, in whichever direction. */
  readonly items: readonly T[]
  /** A row of the list. */
  readonly children: (item: T) => ComponentChildren
}

/** A list under headings: each day is named once. */
export function DayList<T extends { readonly id: string; readonly at: string }>({
  items,
  children,
}: Props<T>) {
  const { locale } = useWords()
  return (
    <>
      {daysOf(items).map((ofDay) => (
        <section key={ofDay[0].id}>
          <h3 class={styles.day}>{formatDay(ofDay[0].at, locale)}</h3>
          <ul class={parts.list}>{ofDay.map(children)}</ul>
        </section>
      ))}
    </>
  )
}
