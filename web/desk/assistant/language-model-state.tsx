import { useQuery } from '@tanstack/react-query'
import { assistant, type LanguageModel } from '../../../contracts/assistant.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { call } from '../data/api.ts'
import styles from './assistant.module.css'
import { useAssistantWords } from './words.ts'

/** Its failures are seen without a reload. */
const REFRESH_MS = 30_000

/** Whether a language model helps where the assistant makes nothing of free words, and how it does. */
export function LanguageModelState() {
  const { t } = useAssistantWords()
  const { data, isSuccess } = useQuery({
    queryKey: ['language-model'],
    queryFn: ({ signal }) => call(assistant.getLanguageModel, { signal }),
    refetchInterval: REFRESH_MS,
  })
  if (!isSuccess) return null
  return (
    <section className={styles.doors} aria-label={t('model.title')}>
      <h2>{t('model.title')}</h2>
      {data ? <HowItDoes model={data} /> : <p className={styles.dim}>{t('model.none')}</p>}
    </section>
  )
}

function HowItDoes({ model: of }: { model: LanguageModel }) {
  const { t, locale } = useAssistantWords()
  const { model, service, asked, failed } = of
  return (
    <>
      <p className={styles.dim}>
        {t('model.which', { model, service })} {t(of.remote ? 'model.remote' : 'model.local')}
      </p>
      <p className={styles.dim}>{t('model.asked', { asked, failed })}</p>
      {of.failedAt !== null && (
        <p className={styles.trouble}>
          {t('model.failed', { at: formatMoment(of.failedAt, locale), reason: of.reason ?? '—' })}
        </p>
      )}
    </>
  )
}
