import { Menu, useMantineColorScheme } from '@mantine/core'
import {
  IconDeviceMobile,
  IconLanguage,
  IconLock,
  IconLogout,
  IconMoon,
  IconPlayerPause,
  IconPlayerPlay,
  IconSun,
} from '@tabler/icons-react'
import { useEffect } from 'react'
import { staff } from '../../../contracts/staff.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { meQuery } from '../data/session.ts'
import { useConnection } from '../live/presence.ts'
import { initialsOf } from '../parts/initials.ts'
import { sayProblem } from '../parts/say.ts'
import { lockDesk, signOut } from '../session/leave.ts'
import { useMe } from '../session/use-me.ts'
import styles from './shell.module.css'
import { changeLanguage, useWords } from './words.ts'

/** Somewhat longer than the server takes to notice an open screen. */
const NOTICED_MS = 22_000

/** A desk opened after a pause is offline until its connection is noticed; then it is asked again. */
function useNoticed(): void {
  const { me } = useMe()
  const isOnline = useConnection()?.online ?? false
  const isStale = isOnline && me?.member.presence === 'offline'
  useEffect(() => {
    if (!isStale) return
    const timer = setInterval(() => void queryClient.invalidateQueries(meQuery), NOTICED_MS)
    return () => clearInterval(timer)
  }, [isStale])
}

/** Who I am: presence, theme, language, lock, way out. */
export function MeMenu() {
  const { t, locale } = useWords()
  const { me } = useMe()
  useNoticed()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (!me) return null
  const { member, links } = me
  const next = member.presence === 'online' ? 'away' : 'online'
  const change = (body: { presence: 'online' | 'away' } | { locale: 'ru' | 'en' }) =>
    call(staff.changeMe, { body }).then((fresh) => queryClient.setQueryData(['me'], fresh), sayProblem)
  const isDark =
    colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  const other = locale === 'ru' ? 'en' : 'ru'
  return (
    <Menu position="right-end" width={230} withinPortal>
      <Menu.Target>
        <button type="button" className={styles.link}>
          <span className={styles.avatar} aria-hidden>
            {initialsOf(member.name)}
            <span className={styles.dot} data-presence={member.presence} />
          </span>
          <span className="visually-hidden">{t('me.menu', { name: member.name })}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {member.name} · {t(`presence.${member.presence}`)}
        </Menu.Label>
        <Menu.Item
          leftSection={next === 'away' ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
          onClick={() => void change({ presence: next })}
        >
          {t(next === 'away' ? 'me.goAway' : 'me.goOnline')}
        </Menu.Item>
        <Menu.Item
          leftSection={isDark ? <IconSun size={16} /> : <IconMoon size={16} />}
          onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
        >
          {t(isDark ? 'me.light' : 'me.dark')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLanguage size={16} />}
          lang={other}
          onClick={() => {
            void changeLanguage(other)
            void change({ locale: other })
          }}
        >
          {other === 'en' ? 'English' : 'Русский'}
        </Menu.Item>
        {links.world && (
          <Menu.Item
            component="a"
            href={links.world}
            target="_blank"
            rel="noopener"
            leftSection={<IconDeviceMobile size={16} />}
          >
            {t('me.world')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={16} />} onClick={() => void lockDesk()}>
          {t('me.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('me.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
