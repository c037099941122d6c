import { Button, Group } from '@mantine/core'
import type { Catalogue } from '../../../contracts/catalogue.ts'
import { useWords } from '../app/words.ts'
import { StickyBar } from '../parts/sticky-bar.tsx'
import styles from './catalogue.module.css'
import { changesOf } from './draft.ts'
import { catalogueDraft, useDraft } from './draft-store.ts'
import { useCatalogueView } from './use-catalogue-view.ts'

/** What waits to be published, and the way there; after discarding, the way back. */
export function DraftBar({ catalogue }: { catalogue: Catalogue }) {
  const { t } = useWords()
  const { draft, discarded } = useDraft()
  const { kind, go } = useCatalogueView()
  const count = draft ? changesOf(draft).length : 0
  if (count === 0 && !discarded) return null
  return (
    <StickyBar>
      {discarded ? (
        <>
          <span>{t('catalogue.draft.discarded')}</span>
          <Button variant="default" onClick={catalogueDraft.takeBack}>
            {t('catalogue.draft.takeBack')}
          </Button>
        </>
      ) : (
        <>
          <span>
            {t('catalogue.draft.waiting', { count })}
            <span className={styles.barHint}> · {t('catalogue.draft.onlyHere')}</span>
          </span>
          <Group gap={6}>
            <Button variant="subtle" color="gray" onClick={() => catalogueDraft.discardAll(catalogue)}>
              {t('catalogue.draft.discardAll')}
            </Button>
            <Button onClick={() => go({ kind, view: 'preview' })}>{t('catalogue.draft.look')}</Button>
          </Group>
        </>
      )}
    </StickyBar>
  )
}

/** Somebody published while this draft was made: it can move onto that version. */
export function StaleNotice({
  catalogue,
  titleOf,
}: {
  catalogue: Catalogue
  titleOf: (code: string) => string
}) {
  const { t } = useWords()
  const { draft, clashes } = useDraft()
  if (draft && draft.version !== catalogue.version) {
    return (
      <div className={styles.notice} data-tone="amber" role="alert">
        <p>
          {t('catalogue.draft.stale', {
            by: catalogue.publishedBy,
            version: catalogue.version,
            mine: draft.version,
          })}
        </p>
        <Button variant="default" onClick={() => catalogueDraft.rebase(catalogue)}>
          {t('catalogue.draft.rebase')}
        </Button>
      </div>
    )
  }
  if (clashes.length === 0) return null
  return (
    <p className={styles.notice} data-tone="amber" role="alert">
      {t('catalogue.draft.clashes', {
        titles: clashes.map((code) => t('catalogue.quoted', { title: titleOf(code) })).join(', '),
      })}
    </p>
  )
}
