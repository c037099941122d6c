import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../app/words.ts'
import { Empty } from '../parts/states.tsx'
import styles from './settings.module.css'

export interface Column<T> {
  readonly head: string
  readonly cell: (row: T) => ReactNode
}

/** Rows under named columns, or a word that there are none. On a phone each row stands as a card of its own, every cell under its column's name. */
export function DataTable<T extends { readonly id: string }>({
  rows,
  columns,
  empty,
  emptyHint,
}: {
  rows: readonly T[]
  columns: readonly Column<T>[]
  empty?: string
  emptyHint?: string
}) {
  const { t } = useWords()
  if (rows.length === 0)
    return <Empty title={empty ?? t('states.nothing')} {...(emptyHint && { hint: emptyHint })} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.wide} tabIndex={0} aria-label={columns[0]?.head}>
      <Table verticalSpacing={8} highlightOnHover style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ head }, index) => (
              <Table.Th key={head || index}>
                {head || <span className="visually-hidden">{t('actions.more')}</span>}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              {columns.map(({ head, cell }, index) => (
                <Table.Td key={head || index} data-head={index > 0 ? head : undefined}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
