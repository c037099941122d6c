import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { v7 } from 'uuid'
import type { Locale } from '../../../contracts/primitives.ts'
import { useWords } from '../app/words.ts'
import { Empty } from '../parts/states.tsx'
import { Badges } from './badges.tsx'
import { blankOf, KINDS, type Kind } from './blank.ts'
import styles from './catalogue.module.css'
import { factsOf, priceOf } from './describe.ts'
import { type Draft, type DraftItem, isChanged } from './draft.ts'
import { catalogueDraft } from './draft-store.ts'
import { useCatalogueView } from './use-catalogue-view.ts'

/** Tariffs cheapest first, everything else by title; what is archived comes last. */
function inOrder(locale: Locale) {
  const price = ({ terms }: DraftItem) => (terms.kind === 'tariff' ? terms.feeKopecks || 0 : 0)
  return (a: DraftItem, b: DraftItem) =>
    Number(a.terms.archived) - Number(b.terms.archived) ||
    price(a) - price(b) ||
    a.terms.title[locale].localeCompare(b.terms.title[locale], locale)
}

const matches = ({ terms: { code, title } }: DraftItem, needle: string) =>
  [code, title.ru, title.en].some((text) => text.toLowerCase().includes(needle.trim().toLowerCase()))

/** What is offered, kind by kind; the draft's changes are marked. */
export function OfferingList({ draft, isWrong }: { draft: Draft; isWrong: (item: DraftItem) => boolean }) {
  const { t, locale } = useWords()
  const { kind, go } = useCatalogueView()
  const [needle, setNeedle] = useState('')
  const [withArchived, setWithArchived] = useState(false)
  const ofKind = draft.items.filter(({ terms }) => terms.kind === kind)
  const archived = ofKind.filter(({ terms }) => terms.archived)
  const shown = ofKind
    .filter((item) => withArchived || !item.terms.archived || isChanged(item))
    .filter((item) => matches(item, needle))
    .toSorted(inOrder(locale))
  const addOne = () => {
    const key = v7()
    catalogueDraft.add(key, blankOf(kind))
    go({ kind, view: 'offering', key })
  }
  return (
    <>
      <KindTabs draft={draft} kind={kind} />
      <div className={styles.tools}>
        <TextInput
          className={styles.search}
          leftSection={<IconSearch size={14} aria-hidden />}
          aria-label={t('catalogue.search')}
          placeholder={t('catalogue.search')}
          value={needle}
          onChange={(event) => setNeedle(event.currentTarget.value)}
        />
        {archived.length > 0 && (
          <Checkbox
            label={t('catalogue.withArchived', { count: archived.length })}
            checked={withArchived}
            onChange={(event) => setWithArchived(event.currentTarget.checked)}
          />
        )}
        <Button leftSection={<IconPlus size={14} />} onClick={addOne}>
          {t(`catalogue.add.${kind}`)}
        </Button>
      </div>
      {shown.length > 0 ? (
        <ul className={styles.list}>
          {shown.map((item) => (
            <OfferingRow key={item.key} item={item} kind={kind} wrong={isWrong(item)} />
          ))}
        </ul>
      ) : needle !== '' || archived.length > 0 ? (
        <Empty title={t('catalogue.notFound')} hint={t('catalogue.notFoundHint')} />
      ) : (
        <Empty title={t(`catalogue.none.${kind}`)} hint={t('catalogue.noneHint')} />
      )}
    </>
  )
}

function KindTabs({ draft, kind }: { draft: Draft; kind: Kind }) {
  const { t } = useWords()
  return (
    <nav className={styles.tabs} aria-label={t('catalogue.kinds')}>
      {KINDS.map((one) => (
        <Link
          key={one}
          to="/settings/catalogue"
          search={{ kind: one }}
          className={styles.tab}
          data-on={one === kind}
          aria-current={one === kind ? 'page' : undefined}
        >
          {t(`catalogue.kind.${one}`)}
          <span className={styles.count}>
            {draft.items.filter(({ terms }) => terms.kind === one && !terms.archived).length}
          </span>
        </Link>
      ))}
    </nav>
  )
}

function OfferingRow({ item, kind, wrong }: { item: DraftItem; kind: Kind; wrong: boolean }) {
  const { t, locale } = useWords()
  const { terms, key } = item
  return (
    <li>
      <Link
        to="/settings/catalogue"
        search={{ kind, view: 'offering', key }}
        className={styles.row}
        data-archived={terms.archived}
      >
        <span className={styles.rowMain}>
          <span className={styles.rowTitle}>
            {terms.title[locale] || t('catalogue.untitled')} <Badges item={item} wrong={wrong} />
          </span>
          <span className={styles.dim}>{terms.summary[locale]}</span>
        </span>
        <span className={styles.rowFacts}>
          <span className={styles.price}>{priceOf(terms, t, locale)}</span>
          <span className={styles.dim}>{factsOf(terms, t, locale)}</span>
        </span>
      </Link>
    </li>
  )
}
