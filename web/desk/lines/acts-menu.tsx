import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LineRef } from '../../../contracts/lines.ts'
import { useWords } from '../app/words.ts'
import { lineQuery } from '../data/lines.ts'
import type { Ask } from './ask.ts'
import { RevealLineDialog } from './reveal-line-dialog.tsx'

interface Props {
  readonly line: LineRef
  readonly number: string
  readonly ask: (what: Ask | 'pass') => void
}

/** Everything that can be done to a line. The server says no where it must, and why, before anything is confirmed. */
export function ActsMenu({ line, number, ask }: Props) {
  const { t } = useWords()
  const [reveals, setReveals] = useState(false)
  const { state, contentBanned, blockedFor } = useQuery(lineQuery(line.id)).data ?? {}
  const ready = (kind: 'stop-all-content' | 'ban-content' | 'allow-content' | 'unblock-line') =>
    ask({ kind: 'ready', request: { kind } })
  const isBlocked = state === 'blocked'
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<IconChevronDown size={14} />}
            aria-label={t('lines.actsOf', { number })}
          >
            {t('lines.acts')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => ask({ kind: 'connect-option' })}>
            {t('lines.act.connect-option')}
          </Menu.Item>
          <Menu.Item onClick={() => ask({ kind: 'change-tariff' })}>{t('lines.act.change-tariff')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => ready('stop-all-content')}>{t('lines.act.stop-all-content')}</Menu.Item>
          {contentBanned ? (
            <Menu.Item onClick={() => ready('allow-content')}>{t('lines.act.allow-content')}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => ready('ban-content')}>{t('lines.act.ban-content')}</Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => ask({ kind: 'promised-payment' })}>
            {t('lines.act.promised-payment')}
          </Menu.Item>
          <Menu.Item onClick={() => ask({ kind: 'goodwill-credit' })}>
            {t('lines.act.goodwill-credit')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            onClick={() => ask({ kind: 'ready', request: { kind: 'send-settings', topic: 'internet' } })}
          >
            {t('lines.act.send-settings')}
          </Menu.Item>
          <Menu.Item onClick={() => ask('pass')}>{t('lines.act.pass')}</Menu.Item>
          <Menu.Item onClick={() => setReveals(true)}>{t('lines.show')}</Menu.Item>
          <Menu.Divider />
          {isBlocked && blockedFor !== 'operator' ? (
            <Menu.Item onClick={() => ready('unblock-line')}>{t('lines.act.unblock-line')}</Menu.Item>
          ) : (
            <Menu.Item color="red" onClick={() => ask({ kind: 'block-line' })}>
              {t('lines.act.block-line')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {reveals && <RevealLineDialog lineId={line.id} close={() => setReveals(false)} />}
    </>
  )
}
