import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { ConsoleLot } from '../../../contracts/market.ts'
import { useWords } from '../app/words.ts'
import type { LotAct } from './lot-dialogs.tsx'
import styles from './market.module.css'
import { lotText } from './market-words.ts'

/** What can be done with a lot: only one on sale is frozen or returned. */
export function LotMenu({ lot, ask }: { lot: ConsoleLot; ask: (act: LotAct) => void }) {
  const { t, locale } = useWords()
  const navigate = useNavigate()
  const isOnSale = lot.state === 'active'
  const name = t('market.lots.acts', { lot: lotText(lot, t, locale) })
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className={styles.menu ?? ''} aria-label={name}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isOnSale && lot.frozenFor === null && (
          <Menu.Item onClick={() => ask('freeze')}>{t('market.lots.freeze')}</Menu.Item>
        )}
        {isOnSale && lot.frozenFor !== null && (
          <Menu.Item onClick={() => ask('unfreeze')}>{t('market.lots.unfreeze')}</Menu.Item>
        )}
        {isOnSale && (
          <>
            <Menu.Item color="red" onClick={() => ask('return')}>
              {t('market.lots.giveBack')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {lot.dealId !== null && (
          <Menu.Item onClick={() => void navigate({ to: '/market/deals', search: { lot: lot.id } })}>
            {t('market.lots.deal')}
          </Menu.Item>
        )}
        <Menu.Item
          onClick={() =>
            void navigate({ to: '/market/traders/$traderId', params: { traderId: lot.sellerId } })
          }
        >
          {t('market.lots.seller')}
        </Menu.Item>
        <Menu.Item onClick={() => ask('history')}>{t('market.lots.history')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
