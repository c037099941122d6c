import { Alert, Button, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { v7 } from 'uuid'
import { type Order, type OrderPreview, type OrderRequest, orders } from '../../../contracts/orders.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { previewQuery } from '../data/lines.ts'
import { queryClient } from '../data/query-client.ts'
import { FormModal } from '../parts/form-modal.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import { type Ask, orderKindOf } from './ask.ts'
import { Effects } from './effects.tsx'
import { AskForm } from './forms/ask-form.tsx'
import styles from './lines.module.css'

/** While somebody types an amount, nothing is asked. */
const TYPING_MS = 250
const DANGEROUS: readonly string[] = ['block-line', 'ban-content', 'stop-all-content', 'end-access']

interface Props {
  readonly lineId: string
  readonly ask: Ask
  readonly close: () => void
  readonly onPlaced: (order: Order) => void
}

/** One order: what of it is left to choose, what it would do, and the button that does it. */
export function OrderDialog({ lineId, ask, close, onPlaced }: Props) {
  const { t } = useWords()
  const [request, choose] = useState<OrderRequest | undefined>(ask.kind === 'ready' ? ask.request : undefined)
  const [settled] = useDebouncedValue(request, TYPING_MS)
  const preview = useQuery(previewQuery(lineId, settled))
  const place = usePlacing(lineId, () => void preview.refetch(), onPlaced, close)
  // What is confirmed is what was seen.
  const seen = settled === request && !preview.isFetching ? preview.data : undefined
  const kind = orderKindOf(ask)
  const name = 'name' in ask ? (ask.name ?? '') : ''
  return (
    <FormModal
      title={t(`orderSheet.title.${kind}`, { name })}
      close={close}
      submit={() => {
        if (seen?.possible && !place.isPending) place.mutate(seen)
      }}
      foot={
        <>
          <Button variant="subtle" color="gray" onClick={close}>
            {t('states.cancel')}
          </Button>
          <Button
            type="submit"
            loading={place.isPending}
            // Not `disabled`: the focus waits on it until the look ahead has come.
            aria-disabled={!seen?.possible}
            {...(!seen?.possible && { 'data-disabled': true })}
            {...(ask.kind === 'ready' && { 'data-autofocus': true })}
            {...(DANGEROUS.includes(kind) && { color: 'red' })}
          >
            {t(seen?.possible && seen.needs === 'approval' ? 'orderSheet.ask' : `orderSheet.confirm.${kind}`)}
          </Button>
        </>
      }
    >
      <AskForm lineId={lineId} ask={ask} choose={choose} />
      <Precheck chosen={request !== undefined} preview={preview.data} error={preview.error} />
      {isProblem(place.error, 'conflict') ? (
        <Alert color="yellow" variant="light" p="8px 12px" role="alert">
          {t('orderSheet.changed')}
        </Alert>
      ) : (
        <ProblemLine error={place.error} />
      )}
    </FormModal>
  )
}

/** Places what was seen. The same wish sent again, by a second click or after a lost answer, is the same order. */
function usePlacing(
  lineId: string,
  lookAgain: () => void,
  onPlaced: (order: Order) => void,
  close: () => void,
) {
  const wish = useRef<{ readonly digest: string; readonly id: string } | null>(null)
  return useMutation({
    mutationFn: ({ request, digest }: OrderPreview) => {
      const key = `${digest}:${JSON.stringify(request)}`
      if (wish.current?.digest !== key) wish.current = { digest: key, id: v7() }
      const { id } = wish.current
      return call(orders.placeOrder, { params: { id: lineId }, body: { id, request, digest } })
    },
    onSuccess: (order) => {
      void queryClient.invalidateQueries({ queryKey: ['line', lineId] })
      onPlaced(order)
      close()
    },
    onError: (error) => {
      if (isProblem(error, 'conflict', 'order_refused')) lookAgain()
    },
  })
}

function Precheck({
  chosen,
  preview,
  error,
}: {
  chosen: boolean
  preview: OrderPreview | undefined
  error: unknown
}) {
  const { t } = useWords()
  return (
    <section className={styles.precheck} aria-label={t('orderSheet.before')} aria-live="polite">
      {!chosen && <p className={styles.quiet}>{t('orderSheet.choose')}</p>}
      {chosen && !preview && !error && <Skeleton height={20} />}
      {chosen && <ProblemLine error={error} />}
      {chosen && preview && (
        <>
          <Effects effects={preview.effects} />
          {preview.possible && preview.undoMs > 0 && (
            <p className={styles.quiet}>
              {t('orderSheet.undoable', { count: Math.round(preview.undoMs / 1000) })}
            </p>
          )}
          {preview.possible && preview.needs === 'approval' && (
            <p className={styles.approval}>
              <IconUsers size={15} aria-hidden /> {t('orderSheet.approval')}
            </p>
          )}
        </>
      )}
    </section>
  )
}
