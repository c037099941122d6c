import { Loader } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import type { AssistantTraining } from '../../../../contracts/assistant-examples.ts'
import { formatMoment, formatShare } from '../../../shared/format/index.ts'
import { confusionsQuery, intentsQuery, trainingQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'

type Training = z.output<typeof AssistantTraining>
type Quality = NonNullable<Training['quality']>

const MEASURES = ['accuracy', 'macroF1', 'accuracyKept', 'outOfScopeRecall'] as const

/** What the understanding that serves now has learnt, how well, and what the newest lesson changed. */
export function TrainingBar() {
  const { t, locale } = useAssistantWords()
  const { data } = useQuery(trainingQuery)
  const before = usePrevious(data)
  useRefreshAfter(data?.trained ?? null)
  if (!data) return null
  const { training, trained, revision, failure, quality, seconds, trainedAt } = data
  const learning = failure === null && (training || trained !== revision)
  return (
    <section className={styles.training} aria-label={t('training.title')}>
      <p className={styles.status} role="status" data-failed={failure !== null}>
        {failure !== null ? (
          <>
            <IconAlertTriangle size={15} aria-hidden /> {t(`training.failed.${failure}`)}
          </>
        ) : learning ? (
          <>
            <Loader size={13} /> {t('training.learning')}
          </>
        ) : (
          <>
            <IconCheck size={15} aria-hidden />
            {t('training.learnt', {
              at: trainedAt === null ? '' : formatMoment(trainedAt, locale),
              seconds: seconds === null ? '' : seconds.toLocaleString(locale, { maximumFractionDigits: 1 }),
            })}
          </>
        )}
      </p>
      {quality && (
        <dl className={styles.figures}>
          <div>
            <dt>{t('training.examples')}</dt>
            <dd className="numeric">{quality.examples.toLocaleString(locale)}</dd>
          </div>
          {MEASURES.map((name) => (
            <Figure key={name} name={name} quality={quality} before={before} />
          ))}
        </dl>
      )}
    </section>
  )
}

const SHOWN = 0.0005

function Figure({
  name,
  quality,
  before,
}: {
  name: (typeof MEASURES)[number]
  quality: Quality
  before: Quality | null
}) {
  const { t, locale } = useAssistantWords()
  const value = quality[name]
  const old = before?.[name] ?? null
  if (value === null) return null
  const points = (share: number) => (share * 100).toLocaleString(locale, { maximumFractionDigits: 1 })
  const delta = old === null ? 0 : value - old
  return (
    <div>
      <dt title={t(`training.hint.${name}`)}>{t(`training.${name}`)}</dt>
      <dd className="numeric">
        {formatShare(value, locale, 1)}
        {Math.abs(delta) >= SHOWN && (
          <span className={styles.delta} data-better={delta > 0}>
            {' '}
            {delta > 0 ? '+' : '−'}
            {points(Math.abs(delta))}
          </span>
        )}
      </dd>
    </div>
  )
}

/** The figures of the lesson before the newest that was seen here. */
function usePrevious(data: Training | undefined): Quality | null {
  const seen = useRef<{ trained: number | null; quality: Quality | null; before: Quality | null }>({
    trained: null,
    quality: null,
    before: null,
  })
  if (data?.quality && data.trained !== seen.current.trained)
    seen.current = { trained: data.trained, quality: data.quality, before: seen.current.quality }
  return seen.current.before
}

/** What was learnt changes how every example is understood. */
function useRefreshAfter(trained: number | null): void {
  const client = useQueryClient()
  const last = useRef(trained)
  useEffect(() => {
    if (last.current !== null && trained !== last.current) {
      void client.invalidateQueries({ queryKey: intentsQuery.queryKey })
      void client.invalidateQueries({ queryKey: confusionsQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['assistant-examples'] })
      void client.invalidateQueries({ queryKey: ['assistant-understanding'] })
    }
    last.current = trained
  }, [trained, client])
}
