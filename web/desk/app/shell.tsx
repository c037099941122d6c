import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandPalette } from '../palette/command-palette.tsx'
import { ShortcutsHelp } from '../palette/shortcuts-help.tsx'
import { useShortcuts } from '../palette/use-shortcuts.ts'
import { useMe } from '../session/use-me.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { Going } from './going.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'

/** The frame: rail, banner, the open screen, palette and help above it. */
export function Shell() {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const navigate = useNavigate()
  const { may } = useMe()
  const { conversationId } = useParams({ strict: false })
  useShortcuts({
    'mod+K': () => setOpen('palette'),
    'shift+Slash': () => setOpen('help'),
    ...(may('agent', 'supervisor') && { Slash: () => void navigate({ to: '/search', search: {} }) }),
  })
  return (
    <div className={styles.shell} data-inside={conversationId !== undefined}>
      <Rail openPalette={() => setOpen('palette')} />
      <div className={styles.stage}>
        <Going />
        <ConnectionBanner />
        <div className={styles.screen}>
          <Outlet />
        </div>
      </div>
      <CommandPalette
        opened={open === 'palette'}
        close={() => setOpen(null)}
        showHelp={() => setOpen('help')}
      />
      <ShortcutsHelp opened={open === 'help'} close={() => setOpen(null)} />
    </div>
  )
}
