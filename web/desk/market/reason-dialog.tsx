import { Alert } from '@mantine/core'
import { useState } from 'react'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import { LEAST_REASON, ReasonField } from '../person/reason-field.tsx'
import styles from './market.module.css'

interface Props {
  readonly title: string
  /** What it does to whom. */
  readonly hint: string
  /** What the button does. */
  readonly word: string
  /** Said when it is done. */
  readonly done: string
  readonly danger?: boolean
  readonly act: (reason: string) => Promise<unknown>
  /** In what state the lot was found, if it had ended meanwhile. */
  readonly endedAs?: (error: unknown) => string | undefined
  readonly close: () => void
}

/** An act of the operator on the Market: what it does, why it is done (it stays in the audit). */
export function ReasonDialog({ title, hint, word, done, danger = false, act, endedAs, close }: Props) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const [ended, setEnded] = useState<string>()
  const given = reason.trim()
  const run = async () => {
    try {
      await act(given)
      say(done)
    } catch (error) {
      if (isProblem(error, 'conflict')) setEnded(endedAs?.(error))
      throw error
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['market'] })
    }
  }
  return (
    <Dialog
      title={title}
      word={word}
      close={close}
      act={run}
      ready={given.length >= LEAST_REASON}
      danger={danger}
    >
      <p className={styles.lead}>{hint}</p>
      <ReasonField value={reason} onChange={setReason} focused />
      {ended && (
        <Alert color="yellow" variant="light" p="8px 12px">
          {t('market.act.changed', { state: ended })}
        </Alert>
      )}
    </Dialog>
  )
}
