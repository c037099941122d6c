import { Button, Group } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconArrowBackUp, IconTrash } from '@tabler/icons-react'
import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import { useWords } from '../app/words.ts'
import { codeFrom } from './blank.ts'
import styles from './catalogue.module.css'
import { type DraftItem, isChanged } from './draft.ts'
import { catalogueDraft } from './draft-store.ts'
import type { Fault } from './faults.ts'
import { errorOf, type FormProps, LongField, MomentField, TextField } from './fields.tsx'
import { ContentForm, DiscountForm, OptionForm, TariffForm, ZoneForm } from './forms.tsx'

/** One offering with all its conditions; whatever is typed is in the draft at once. */
export function OfferingEditor({
  item,
  faults,
  all,
  leave,
}: {
  item: DraftItem
  faults: readonly Fault[]
  all: readonly OfferingTerms[]
  leave: () => void
}) {
  const { t, locale } = useWords()
  const { terms, base, key } = item
  // A form gives parts of its own kind only; the compiler does not see that through the spread of a union.
  const set = (part: Partial<OfferingTerms>) =>
    catalogueDraft.change(key, { ...terms, ...part } as OfferingTerms)
  const discard = () => {
    catalogueDraft.discard(key)
    if (!base) leave()
  }
  return (
    <div className={styles.editor}>
      <div className={styles.editorHead}>
        <div>
          <div className={styles.dim}>{t(`catalogue.oneKind.${terms.kind}`)}</div>
          <h1>{terms.title[locale] || t('catalogue.untitled')}</h1>
        </div>
        <Group gap={6}>
          {base && (
            <Button
              variant="default"
              leftSection={terms.archived ? <IconArchiveOff size={14} /> : <IconArchive size={14} />}
              onClick={() => set({ archived: !terms.archived })}
            >
              {t(terms.archived ? 'catalogue.act.unarchive' : 'catalogue.act.archive')}
            </Button>
          )}
          {isChanged(item) && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={base ? <IconArrowBackUp size={14} /> : <IconTrash size={14} />}
              onClick={discard}
            >
              {t(base ? 'catalogue.act.discard' : 'catalogue.act.remove')}
            </Button>
          )}
        </Group>
      </div>
      {terms.archived && <p className={styles.notice}>{t('catalogue.archivedHint')}</p>}
      <WordsForm terms={terms} set={set} faults={faults} all={all} isNew={base === null} />
      <section className={styles.part} aria-label={t('catalogue.part.terms')}>
        <h2>{t('catalogue.part.terms')}</h2>
        <TermsForm terms={terms} set={set} faults={faults} all={all} />
      </section>
      <section className={styles.part} aria-label={t('catalogue.part.when')}>
        <h2>{t('catalogue.part.when')}</h2>
        <div className={styles.pair}>
          <MomentField
            label={t('catalogue.field.validFrom')}
            description={t('catalogue.hint.valid')}
            value={terms.validFrom}
            set={(validFrom) => set({ validFrom })}
            {...errorOf(faults, 'validFrom')}
          />
          <MomentField
            label={t('catalogue.field.validTo')}
            description={t('catalogue.hint.valid')}
            value={terms.validTo}
            set={(validTo) => set({ validTo })}
            {...errorOf(faults, 'validTo')}
          />
        </div>
      </section>
    </div>
  )
}

function WordsForm({ terms, set, faults, isNew }: FormProps & { isNew: boolean }) {
  const { t } = useWords()
  const { title, summary, code } = terms
  const setEnglish = (en: string) =>
    // A new one's code follows its English title until somebody writes another.
    set({ title: { ...title, en }, ...(isNew && code === codeFrom(title.en) && { code: codeFrom(en) }) })
  return (
    <section className={styles.part} aria-label={t('catalogue.part.words')}>
      <h2>{t('catalogue.part.words')}</h2>
      <div className={styles.pair}>
        <TextField
          label={t('catalogue.field.titleRu')}
          max={120}
          value={title.ru}
          set={(ru) => set({ title: { ...title, ru } })}
          {...errorOf(faults, 'title.ru')}
        />
        <TextField
          label={t('catalogue.field.titleEn')}
          max={120}
          value={title.en}
          set={setEnglish}
          {...errorOf(faults, 'title.en')}
        />
        <LongField
          label={t('catalogue.field.summaryRu')}
          max={1000}
          value={summary.ru}
          set={(ru) => set({ summary: { ...summary, ru } })}
          {...errorOf(faults, 'summary.ru')}
        />
        <LongField
          label={t('catalogue.field.summaryEn')}
          max={1000}
          value={summary.en}
          set={(en) => set({ summary: { ...summary, en } })}
          {...errorOf(faults, 'summary.en')}
        />
      </div>
      {isNew ? (
        <TextField
          mono
          label={t('catalogue.field.code')}
          description={t('catalogue.hint.code')}
          max={60}
          value={code}
          set={(next) => set({ code: next })}
          {...errorOf(faults, 'code')}
        />
      ) : (
        <p className={styles.dim}>
          {t('catalogue.field.code')}: <span className={styles.code}>{code}</span>
        </p>
      )}
    </section>
  )
}

function TermsForm({ terms, set, ...rest }: FormProps) {
  switch (terms.kind) {
    case 'tariff':
      return <TariffForm terms={terms} set={set} {...rest} />
    case 'option':
      return <OptionForm terms={terms} set={set} {...rest} />
    case 'content':
      return <ContentForm terms={terms} set={set} {...rest} />
    case 'discount':
      return <DiscountForm terms={terms} set={set} {...rest} />
    case 'zone':
      return <ZoneForm terms={terms} set={set} {...rest} />
  }
}
