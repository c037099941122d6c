import { useMediaQuery } from '@mantine/hooks'
import { useId } from 'react'
import type { AssistantIntent } from '../../../../contracts/assistant-examples.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { formatShare } from '../../../shared/format/index.ts'
import { useAssistantWords } from '../words.ts'
import styles from './confusion-table.module.css'
import { type Confusion, worstOf } from './worst-of.ts'

const MOST_WIDE = 12
const MOST_NARROW = 8
/** The darkest cell still lets its figure be read. */
const DEEPEST = 40

interface Props {
  readonly confusions: readonly Confusion[]
  readonly intents: readonly AssistantIntent[]
  readonly chosen: Confusion | undefined
  readonly choose: (confusion: Confusion) => void
}

/** The intents that are most confused, each against each: rows are what was meant, columns what it was taken for. */
export function ConfusionTable({ confusions, intents, chosen, choose }: Props) {
  const { t, locale } = useAssistantWords()
  const howToRead = useId()
  const isNarrow = useMediaQuery('(max-width: 900px)')
  const keys = worstOf(confusions, isNarrow ? MOST_NARROW : MOST_WIDE)
  const most = confusions[0]?.count ?? 1
  const of = (key: string) => intents.find((one) => one.key === key)
  const titleOf = (key: string) => of(key)?.title[locale] ?? key
  return (
    <>
      <p id={howToRead} className={styles.caption}>
        {t('confusions.howToRead')}
      </p>
      <section className={styles.frame} aria-label={t('confusions.title')}>
        <table className={styles.table} aria-describedby={howToRead}>
          <thead>
            <tr>
              <th scope="col" className={styles.corner}>
                {t('confusions.meant')}
              </th>
              {keys.map((key) => (
                <th key={key} scope="col" className={styles.column}>
                  <span>{titleOf(key)}</span>
                </th>
              ))}
              <th scope="col" className={styles.column}>
                <span>{t('training.accuracy')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((row) => (
              <tr key={row}>
                <th scope="row" className={styles.row}>
                  {titleOf(row)}
                </th>
                {keys.map((column) => (
                  <td key={column} data-own={row === column}>
                    <Cell
                      confusion={confusions.find((one) => one.intent === row && one.understoodAs === column)}
                      most={most}
                      chosen={chosen}
                      choose={choose}
                      name={t('confusions.cell', { meant: titleOf(row), taken: titleOf(column) })}
                    />
                  </td>
                ))}
                <td className={styles.understood}>{percentOf(of(row)?.understood ?? null, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

const percentOf = (share: number | null, locale: Locale): string =>
  share === null ? '' : formatShare(share, locale)

function Cell({
  confusion,
  most,
  chosen,
  choose,
  name,
}: {
  confusion: Confusion | undefined
  most: number
  chosen: Confusion | undefined
  choose: (confusion: Confusion) => void
  name: string
}) {
  if (!confusion) return null
  const depth = Math.round(8 + (DEEPEST - 8) * (confusion.count / most))
  return (
    <button
      type="button"
      className={styles.cell}
      style={{ background: `color-mix(in srgb, var(--amber) ${depth}%, transparent)` }}
      aria-label={`${name}: ${confusion.count}`}
      aria-pressed={confusion === chosen}
      onClick={() => choose(confusion)}
    >
      {confusion.count}
    </button>
  )
}
