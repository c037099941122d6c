import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import { NoSuchPage } from '../parts/no-such-page.tsx'
import { useMe } from '../session/use-me.ts'
import settings from '../settings/settings.module.css'
import styles from './market.module.css'
import { marketPartsFor, PATH_OF } from './parts.ts'

/** The Market as the operator looks after it: its parts, as far as one's roles open them. */
export function MarketPage() {
  const { t } = useWords()
  const { me } = useMe()
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // On a phone the parts stand in a row that is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place, another part is chosen
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [pathname])
  const parts = marketPartsFor(me?.member.roles ?? [])
  if (parts.length === 0) return <NoSuchPage />
  return (
    <div className={settings.page}>
      <nav ref={nav} className={settings.nav} aria-label={t('market.nav')}>
        {parts.map((part) => (
          <Link
            key={part}
            to={PATH_OF[part]}
            activeOptions={{ exact: part === 'overview', includeSearch: false }}
            className={settings.link}
          >
            {t(`market.part.${part}`)}
          </Link>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no mouse scrolls it by keys */}
      <main tabIndex={0} className={settings.main}>
        <div className={styles.content}>
          <Outlet />
        </div>
      </main>
    </div>
  )
}
