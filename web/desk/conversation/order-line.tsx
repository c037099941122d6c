import { useQuery } from '@tanstack/react-query'
import type { Entry, OrderOnTimeline } from '../../../contracts/entries.ts'
import { OrderEffect } from '../../../contracts/orders.ts'
import { formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { lineSettingsQuery } from '../data/lines.ts'
import { UndoOrder } from '../lines/undo-order.tsx'
import { useEffectText } from '../lines/use-effect-text.ts'
import { useOrderText } from '../lines/use-order-text.ts'
import styles from './timeline.module.css'

/** What was done to a line: what, how it stands now, by whom and through which door, why; and the way back while there is one. */
export function OrderLine({ entry }: { entry: Entry }) {
  const { t } = useWords()
  const order = entry.body?.type === 'order' ? entry.body.order : undefined
  if (!order) return <div className={styles.mark}>{t('message.erased')}</div>
  return <Told order={order} storedAt={entry.storedAt} />
}

/** States of an invitation that are said in words of their own. */
const INVITED = ['pending', 'done', 'undone'] as const

/** Whose access an order ends: their name is read with the line, not kept in the order, so that it can be destroyed. */
function useWhoseAccess({ lineId, request: { kind, partyId } }: OrderOnTimeline): string | undefined {
  const line = useQuery({ ...lineSettingsQuery(lineId), enabled: kind === 'end-access' }).data
  if (kind !== 'end-access' || !line) return undefined
  return [...(line.former ?? []), ...line.people].find(({ id }) => id === partyId)?.name
}

function Told({ order, storedAt }: { order: OrderOnTimeline; storedAt: string }) {
  const { t, locale } = useWords()
  const textOf = useOrderText()
  const why = useWhy(order)
  const whose = useWhoseAccess(order)
  const { by, undoneBy, state, decision, request } = order
  const isInvitation = request.kind === 'share-line'
  const stands = isInvitation ? INVITED.find((one) => one === state) : undefined
  const nameOf = ({ name, kind }: OrderOnTimeline['by']) =>
    name ?? (kind === 'service' ? '' : t(`author.${kind}`))
  const decided =
    decision?.by && t(decision.approved ? 'orders.approvedBy' : 'orders.declinedBy', { who: decision.by })
  return (
    <div className={`${styles.mark} ${styles.order}`} data-state={state}>
      <b>{whose ? t('orders.kind.end-access-of', { who: whose }) : textOf(request)}</b> ·{' '}
      {stands ? t(`orders.invitation.${stands}`) : t(`orders.state.${state}`)}
      <br />
      {[
        [nameOf(by), t(`orders.through.${by.through}`)].filter(Boolean).join(' '),
        undoneBy &&
          t(isInvitation ? 'orders.withdrawnBy' : 'orders.undoneBy', {
            who: nameOf(undoneBy),
            through: t(`orders.through.${undoneBy.through}`),
          }),
        decided,
        formatTime(storedAt, locale),
      ]
        .filter(Boolean)
        .join(' · ')}
      {why.map((words) => (
        <span key={words} className={styles.why}>
          {words}
        </span>
      ))}
      {state === 'waiting' && <UndoOrder order={order} />}
    </div>
  )
}

const WITH_REASON = ['goodwill-credit', 'refund-content', 'refund-top-up', 'reverse-deal']

/** The staff's words, and what stood in the way of an order that was refused later. */
function useWhy({ request: { kind, reason }, decision, reason: refusal, state }: OrderOnTimeline): string[] {
  const { t } = useWords()
  const textOf = useEffectText()
  const given = WITH_REASON.includes(kind) ? reason : undefined
  const words = [given, decision?.words].filter((one) => typeof one === 'string' && one !== '')
  const conflicts = state === 'refused' ? refusal?.facts.conflicts : undefined
  const inTheWay = (Array.isArray(conflicts) ? conflicts : []).flatMap((one: unknown) => {
    const told = OrderEffect.safeParse({ effect: 'conflict', ...Object(one) })
    return told.success ? [textOf(told.data)] : []
  })
  return [...words.map((one) => t('orders.because', { words: one })), ...inTheWay]
}
