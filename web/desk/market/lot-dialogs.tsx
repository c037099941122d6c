import { Modal } from '@mantine/core'
import { type ConsoleLot, LotState, marketConsole } from '../../../contracts/market.ts'
import { ApiProblem, factText } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Changes } from './changes.tsx'
import { lotText, sizeOf } from './market-words.ts'
import { ReasonDialog } from './reason-dialog.tsx'

export type LotAct = 'freeze' | 'unfreeze' | 'return' | 'history'

interface Props {
  readonly lot: ConsoleLot
  readonly close: () => void
}

/** What somebody wants done with a lot, with the reason for it; or what was done to it. */
export function LotDialog({ act, ...props }: Props & { act: LotAct }) {
  switch (act) {
    case 'freeze':
      return <Freeze {...props} />
    case 'unfreeze':
      return <Unfreeze {...props} />
    case 'return':
      return <GiveBack {...props} />
    case 'history':
      return <History {...props} />
  }
}

const freeze = (lot: ConsoleLot, frozen: boolean, reason: string) =>
  call(marketConsole.freezeLot, { params: { id: lot.id }, body: { frozen, reason } })

/** How a lot ended that was on sale a moment ago. */
function useEndedAs(): (error: unknown) => string | undefined {
  const { t } = useWords()
  return (error) => {
    const state = error instanceof ApiProblem ? LotState.safeParse(factText(error, 'state')) : undefined
    return state?.success ? t(`market.lots.state.${state.data}`) : undefined
  }
}

function Freeze({ lot, close }: Props) {
  const { t, locale } = useWords()
  return (
    <ReasonDialog
      title={`${t('market.act.freezeLot')}: ${lotText(lot, t, locale)}`}
      hint={t('market.act.freezeLotHint')}
      word={t('market.act.freezeLotDo')}
      done={t('market.act.frozenLot')}
      act={(reason) => freeze(lot, true, reason)}
      endedAs={useEndedAs()}
      close={close}
    />
  )
}

function Unfreeze({ lot, close }: Props) {
  const { t, locale } = useWords()
  return (
    <ReasonDialog
      title={`${t('market.act.unfreezeLot')}: ${lotText(lot, t, locale)}`}
      hint={t('market.act.unfreezeLotHint')}
      word={t('market.act.unfreezeLotDo')}
      done={t('market.act.unfrozenLot')}
      act={(reason) => freeze(lot, false, reason)}
      endedAs={useEndedAs()}
      close={close}
    />
  )
}

function GiveBack({ lot, close }: Props) {
  const { t, locale } = useWords()
  return (
    <ReasonDialog
      title={`${t('market.act.returnLot')}: ${lotText(lot, t, locale)}`}
      hint={t('market.act.returnLotHint', { size: sizeOf(lot.type, lot.units, locale) })}
      word={t('market.act.returnLotDo')}
      done={t('market.act.returnedLot')}
      danger
      act={(reason) => call(marketConsole.returnLot, { params: { id: lot.id }, body: { reason } })}
      endedAs={useEndedAs()}
      close={close}
    />
  )
}

function History({ lot, close }: Props) {
  const { t, locale } = useWords()
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={`${t('market.changes.historyOf')}: ${lotText(lot, t, locale)}`}
      closeButtonProps={{ 'aria-label': t('states.close') }}
    >
      <Changes of={{ lot: lot.id }} narrow />
    </Modal>
  )
}
