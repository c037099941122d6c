import { Button, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type MissingReceipt, payments } from '../../../contracts/payments.ts'
import { formatMoment, formatMoney, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { missingReceiptsQuery } from '../data/approvals.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import styles from './approvals.module.css'

const LEAST_WORDS = 3

/** Payments whose fiscal receipt nobody has registered: somebody issues it elsewhere and notes so. Nothing is shown while there are none. */
export function MissingReceipts() {
  const { t } = useWords()
  const { data, error } = useQuery(missingReceiptsQuery)
  const [righted, putRight] = useState<MissingReceipt | null>(null)
  const items = data?.items ?? []
  if (error && !data) return <ProblemLine error={error} />
  if (items.length === 0) return null
  return (
    <section aria-labelledby="missing-receipts" className={styles.unknown}>
      <h2 id="missing-receipts">{t('approvals.receipts')}</h2>
      <p className={styles.hint}>{t('approvals.receiptsHint')}</p>
      <ul className={styles.list}>
        {items.map((one) => (
          <Missing key={one.topUpId} one={one} putRight={() => putRight(one)} />
        ))}
      </ul>
      {righted && <RightDialog receipt={righted} close={() => putRight(null)} />}
    </section>
  )
}

function Missing({ one, putRight }: { one: MissingReceipt; putRight: () => void }) {
  const { t, locale } = useWords()
  return (
    <li className={styles.order}>
      <div className={styles.what}>
        <h3 className="numeric">{formatMoney(one.amountKopecks, locale)}</h3>
        <p className={styles.who}>
          {t('approvals.receiptPaid', { at: formatMoment(one.paidAt, locale) })} ·{' '}
          {t('approvals.receiptTo', { to: formatPhone(one.to) })}
        </p>
        <p className={styles.names}>{t(`approvals.receiptWhy.${one.why}`)}</p>
        <p className={styles.names}>
          {t('approvals.numberOf.payments')} <code>{one.providerId ?? one.topUpId}</code>
        </p>
      </div>
      <Button variant="default" onClick={putRight}>
        {t('approvals.receiptRight')}
      </Button>
    </li>
  )
}

function RightDialog({ receipt, close }: { receipt: MissingReceipt; close: () => void }) {
  const { t, locale } = useWords()
  const [words, setWords] = useState('')
  const how = words.trim()
  const act = async () => {
    try {
      await call(payments.putReceiptRight, { params: { id: receipt.topUpId }, body: { how } })
      say(t('approvals.receiptRighted'))
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['approvals'] })
    }
  }
  return (
    <Dialog
      title={t('approvals.receiptRightTitle')}
      word={t('approvals.receiptRightDo')}
      close={close}
      act={act}
      ready={how.length >= LEAST_WORDS}
    >
      <p style={{ margin: 0 }} className="numeric">
        {formatMoney(receipt.amountKopecks, locale)}, {formatPhone(receipt.to)}
      </p>
      <Textarea
        label={t('approvals.receiptHow')}
        description={t('approvals.receiptHowHint')}
        autosize
        minRows={2}
        maxLength={300}
        required
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </Dialog>
  )
}
