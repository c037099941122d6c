import { IconArrowRight } from '@tabler/icons-react'
import type { CatalogueDiff } from '../../../contracts/catalogue.ts'
import { useWords } from '../app/words.ts'
import styles from './catalogue.module.css'
import { factsOf, priceOf } from './describe.ts'
import { changeInWords, type Words } from './field-words.ts'

type Changed = CatalogueDiff['changed'][number]
type Group = 'added' | 'changed' | 'archived' | 'returned'

function groupOf({ fields }: Changed): Group {
  const archiving = fields.find(({ path }) => path === 'archived')
  if (!archiving) return 'changed'
  return archiving.after === true ? 'archived' : 'returned'
}

export interface Naming {
  titleOf: (code: string) => string
  /** Its conditions hold for everybody from publication on, whoever had it before. */
  isForAll: (code: string) => boolean
}

/** A diff in words: what appears, what changes from what to what, what is not offered any more, and whom it does not touch. */
export function DiffView({ diff, titleOf, isForAll }: Naming & { diff: CatalogueDiff }) {
  const { t, locale } = useWords()
  const words = { t, locale, titleOf }
  return (
    <>
      {diff.added.length > 0 && (
        <DiffGroup name="added">
          {diff.added.map((terms) => (
            <li key={terms.code} className={styles.change}>
              <div className={styles.changeHead}>
                <b>{terms.title[locale]}</b>
                <span className={styles.dim}>{t(`catalogue.oneKind.${terms.kind}`)}</span>
              </div>
              <div>{[priceOf(terms, t, locale), factsOf(terms, t, locale)].filter(Boolean).join(' · ')}</div>
            </li>
          ))}
        </DiffGroup>
      )}
      {(['changed', 'returned', 'archived'] as const).map((group) => {
        const changed = diff.changed.filter((one) => groupOf(one) === group)
        const withdrawn = group === 'archived' ? diff.withdrawn : []
        if (changed.length + withdrawn.length === 0) return null
        return (
          <DiffGroup key={group} name={group}>
            {changed.map((one) => (
              <ChangedOffering key={one.code} changed={one} words={words} isForAll={isForAll(one.code)} />
            ))}
            {withdrawn.map((code) => (
              <li key={code} className={styles.change}>
                <div className={styles.changeHead}>
                  <b>{titleOf(code)}</b>
                </div>
              </li>
            ))}
          </DiffGroup>
        )
      })}
    </>
  )
}

function DiffGroup({ name, children }: { name: Group; children: React.ReactNode }) {
  const { t } = useWords()
  return (
    <section className={styles.group} aria-label={t(`catalogue.preview.${name}`)}>
      <h2>{t(`catalogue.preview.${name}`)}</h2>
      <ul className={styles.changes}>{children}</ul>
    </section>
  )
}

function ChangedOffering({
  changed,
  words,
  isForAll,
}: {
  changed: Changed
  words: Words
  isForAll: boolean
}) {
  const { t, titleOf } = words
  const things = changed.fields
    .filter(({ path }) => path !== 'archived')
    .flatMap((field) => changeInWords(field, words))
  return (
    <li className={styles.change}>
      <div className={styles.changeHead}>
        <b>{titleOf(changed.code)}</b>
        <span className={styles.dim}>
          {isForAll
            ? t('catalogue.preview.forAll')
            : changed.lines > 0
              ? t('catalogue.preview.lines', { count: changed.lines })
              : t('catalogue.preview.noLines')}
        </span>
      </div>
      {things.length > 0 && (
        <dl className={styles.things}>
          {things.map(({ what, before, after }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>
                <span className="visually-hidden">{t('catalogue.preview.before')} </span>
                <del>{before || '—'}</del>
                <IconArrowRight size={14} aria-hidden />
                <span className="visually-hidden">{t('catalogue.preview.after')} </span>
                <ins>{after || '—'}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
