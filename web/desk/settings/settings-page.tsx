import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import { useMe } from '../session/use-me.ts'
import { sectionsFor } from './sections.ts'
import styles from './settings.module.css'

/** The rooms of the settings that one's roles open. */
export function SettingsPage() {
  const { t } = useWords()
  const { me } = useMe()
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  // On a phone the rooms stand in a row that is wider than the screen.
  useEffect(() => {
    const chosen = nav.current?.querySelector(`[href$="${pathname}"]`)
    chosen?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [pathname])
  return (
    <div className={styles.page}>
      <nav ref={nav} className={styles.nav} aria-label={t('rail.settings')}>
        {sectionsFor(me?.member.roles ?? []).map((section) => (
          <Link key={section} to="/settings/$section" params={{ section }} className={styles.link}>
            {t(`sections.${section}`)}
          </Link>
        ))}
      </nav>
      <main className={styles.main}>
        <Outlet />
      </main>
    </div>
  )
}
