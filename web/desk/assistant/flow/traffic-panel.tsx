import { Table } from '@mantine/core'
import type { FlowTraffic } from '../../../../contracts/assistant.ts'
import { formatCount, formatMoment } from '../../../shared/format/index.ts'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'

const COLUMNS = ['came', 'toPeople', 'elsewhere', 'stopped'] as const

/** The figures behind the drawing: where people came, and where they went no further. */
export function TrafficPanel({ traffic, choose }: { traffic: FlowTraffic; choose: (id: string) => void }) {
  const { t, locale } = useAssistantWords()
  const { steps, countedTo } = traffic
  if (steps.length === 0) return <p className={styles.dim}>{t('traffic.none')}</p>
  return (
    <div className={styles.traffic}>
      <p className={styles.dim}>{t('traffic.hint')}</p>
      <Table verticalSpacing={4} horizontalSpacing={6} className="numeric">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('step.name')}</Table.Th>
            {COLUMNS.map((column) => (
              <Table.Th key={column} ta="right">
                {t(`traffic.column.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((one) => (
            <Table.Tr key={one.node}>
              <Table.Td>
                <button type="button" className={styles.link} onClick={() => choose(one.node)}>
                  {one.node}
                </button>
              </Table.Td>
              {COLUMNS.map((column) => (
                <Table.Td key={column} ta="right">
                  {formatCount(one[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {countedTo !== null && (
        <p className={styles.dim}>{t('traffic.countedTo', { at: formatMoment(countedTo, locale) })}</p>
      )}
    </div>
  )
}
