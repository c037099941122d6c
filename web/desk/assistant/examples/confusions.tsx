import { Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AssistantIntent } from '../../../../contracts/assistant-examples.ts'
import { Failed } from '../../parts/states.tsx'
import { confusionsQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import table from './confusion-table.module.css'
import { ConfusionTable } from './confusion-table.tsx'
import styles from './examples.module.css'
import { adviceOn, type Confusion } from './worst-of.ts'

const MOST_LISTED = 40

/** Which intents are taken for one another, by examples that the model had not seen, and what helps: the worst as a table, all as a list. */
export function Confusions({ intents }: { intents: readonly AssistantIntent[] }) {
  const { t } = useAssistantWords()
  const query = useQuery(confusionsQuery)
  const [picked, setPicked] = useState<Pick<Confusion, 'intent' | 'understoodAs'> | null>(null)
  if (query.isPending) return <Skeleton height={240} aria-hidden />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const pairs = query.data
  // Until somebody chooses, the worst is looked at.
  const chosen =
    pairs.find(
      ({ intent, understoodAs }) => intent === picked?.intent && understoodAs === picked.understoodAs,
    ) ?? pairs[0]
  return (
    <section aria-label={t('confusions.title')}>
      <h2 className={styles.heading}>{t('confusions.title')}</h2>
      <p className={styles.dim}>{t(pairs.length === 0 ? 'confusions.none' : 'confusions.hint')}</p>
      {chosen && (
        <>
          <ConfusionTable confusions={pairs} intents={intents} chosen={chosen} choose={setPicked} />
          <Chosen confusion={chosen} all={pairs} intents={intents} />
          <details className={table.rest}>
            <summary>{t('confusions.list')}</summary>
            <List confusions={pairs.slice(0, MOST_LISTED)} intents={intents} choose={setPicked} />
          </details>
        </>
      )}
    </section>
  )
}

/** One confusion: the examples of it, and what to do. */
function Chosen({
  confusion,
  all,
  intents,
}: {
  confusion: Confusion
  all: readonly Confusion[]
  intents: readonly AssistantIntent[]
}) {
  const { t, locale } = useAssistantWords()
  const { intent, understoodAs, texts } = confusion
  const titleOf = (key: string) => intents.find((one) => one.key === key)?.title[locale] ?? key
  const examples = intents.find(({ key }) => key === intent)?.examples ?? 0
  const back = all.find((one) => one.intent === understoodAs && one.understoodAs === intent)?.count ?? 0
  const names = { meant: titleOf(intent), taken: titleOf(understoodAs), examples }
  return (
    <div className={table.chosen} aria-live="polite">
      <Pair confusion={confusion} titleOf={titleOf} />
      <p className={table.advice}>
        {t(`confusions.advice.${adviceOn(confusion, { examples, back })}`, names)}
      </p>
      <ul className={styles.texts}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p className={styles.links}>
        {[intent, understoodAs].map((key) => (
          <Link key={key} to="/assistant/examples/$intentKey" params={{ intentKey: key }}>
            {t('confusions.examplesOf', { what: titleOf(key) })}
          </Link>
        ))}
      </p>
    </div>
  )
}

function Pair({ confusion, titleOf }: { confusion: Confusion; titleOf: (key: string) => string }) {
  const { t } = useAssistantWords()
  return (
    <strong className={styles.pair}>
      {titleOf(confusion.intent)}
      <IconArrowRight size={14} role="img" aria-label={t('confusions.takenFor')} />
      {titleOf(confusion.understoodAs)}
    </strong>
  )
}

function List({
  confusions,
  intents,
  choose,
}: {
  confusions: readonly Confusion[]
  intents: readonly AssistantIntent[]
  choose: (confusion: Confusion) => void
}) {
  const { locale } = useAssistantWords()
  const titleOf = (key: string) => intents.find((one) => one.key === key)?.title[locale] ?? key
  const most = confusions[0]?.count ?? 1
  return (
    <ul className={styles.confusions}>
      {confusions.map((one) => (
        <li key={`${one.intent} ${one.understoodAs}`}>
          <button type="button" className={styles.confusion} onClick={() => choose(one)}>
            <Pair confusion={one} titleOf={titleOf} />
            <span className={styles.count}>
              <span className={styles.countBar} style={{ width: `${(one.count / most) * 100}%` }} />
              <span className="numeric">{one.count}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
