import { Button, Skeleton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { catalogue } from '../../../contracts/catalogue.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { catalogueQuery } from '../data/catalogue.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import { Empty, Failed } from '../parts/states.tsx'
import styles from './catalogue.module.css'
import { DiffView, type Naming } from './diff-view.tsx'
import { changesOf, type Draft, type DraftItem, offeringsOf } from './draft.ts'
import { catalogueDraft } from './draft-store.ts'
import type { Fault } from './faults.ts'
import { fieldName } from './field-words.ts'
import { useCatalogueView } from './use-catalogue-view.ts'
import type { usePreview } from './use-preview.ts'

const readAgain = () => queryClient.invalidateQueries({ queryKey: catalogueQuery.queryKey })

/** Publishes the draft as it stands; what is in force afterwards is the new draft. */
function usePublish(draft: Draft) {
  const { t } = useWords()
  const { kind, go } = useCatalogueView()
  return useMutation({
    mutationFn: () =>
      call(catalogue.publishCatalogue, {
        body: { basedOn: draft.version, offerings: offeringsOf(draft) },
      }),
    onSuccess: (published) => {
      queryClient.setQueryData(catalogueQuery.queryKey, published)
      catalogueDraft.published(published)
      say(t('catalogue.preview.published', { version: published.version }))
      go({ kind })
      void queryClient.invalidateQueries({ queryKey: ['catalogue-versions'] })
    },
    onError: (error) => {
      if (isProblem(error, 'conflict')) void readAgain()
    },
  })
}

/** What publishing would change, in words; what is to be put right first; and the button that publishes. */
export function Preview({
  draft,
  preview,
  faultsOf,
  ...naming
}: Naming & {
  draft: Draft
  preview: ReturnType<typeof usePreview>
  faultsOf: (item: DraftItem) => readonly Fault[]
}) {
  const { t } = useWords()
  const publish = usePublish(draft)
  useEffect(catalogueDraft.checkAll, [])
  const conflict = isProblem(preview.error, 'conflict')
  useEffect(() => {
    if (conflict) void readAgain()
  }, [conflict])
  const changes = changesOf(draft)
  const wrong = changes.filter((item) => faultsOf(item).length > 0)
  const isCurrent = !preview.behind && !preview.isFetching && preview.data?.basedOn === draft.version
  if (changes.length === 0) {
    return <Empty title={t('catalogue.preview.nothing')} hint={t('catalogue.preview.nothingHint')} />
  }
  return (
    <>
      <p className={styles.hint}>{t('catalogue.preview.hint')}</p>
      {wrong.length > 0 && <ToPutRight items={wrong} faultsOf={faultsOf} />}
      <PreviewedDiff preview={preview} {...naming} />
      <ProblemLine error={conflict ? null : publish.error} />
      <div className={styles.publish}>
        <Button
          loading={publish.isPending}
          disabled={wrong.length > 0 || !isCurrent || preview.error !== null}
          onClick={() => publish.mutate()}
        >
          {t('catalogue.preview.publish', { version: draft.version + 1 })}
        </Button>
      </div>
    </>
  )
}

function PreviewedDiff({ preview, ...naming }: Naming & { preview: ReturnType<typeof usePreview> }) {
  // What does not fit the schema is told beside its fields; the server has not been asked.
  if (!preview.sound) return null
  if (isProblem(preview.error, 'conflict')) return null
  if (preview.error) return <Failed error={preview.error} retry={() => void preview.refetch()} />
  if (!preview.data) return <Skeleton height={160} mt={12} />
  return <DiffView diff={preview.data} {...naming} />
}

function ToPutRight({
  items,
  faultsOf,
}: {
  items: readonly DraftItem[]
  faultsOf: (item: DraftItem) => readonly Fault[]
}) {
  const { t, locale } = useWords()
  // Rows of one field, or two limits of one number, may all say the same.
  const sentencesOf = (faults: readonly Fault[]) => [
    ...new Set(
      faults.map(
        ({ path, text }) =>
          `${fieldName(path, t)}: ${text.charAt(0).toLocaleLowerCase(locale)}${text.slice(1)}`,
      ),
    ),
  ]
  return (
    <section className={styles.notice} data-tone="red" aria-label={t('catalogue.preview.fixFirst')}>
      <h2>{t('catalogue.preview.fixFirst')}</h2>
      <ul className={styles.faults}>
        {items.map((item) => (
          <li key={item.key}>
            <Link
              to="/settings/catalogue"
              search={{ kind: item.terms.kind, view: 'offering', key: item.key }}
              className={styles.inlineLink}
            >
              {item.terms.title[locale] || t('catalogue.untitled')}
            </Link>
            <ul>
              {sentencesOf(faultsOf(item)).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
