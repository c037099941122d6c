import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { type Conversation, conversations } from '../../../contracts/conversations.ts'
import type { HeldMessage } from '../../../contracts/entries.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { sayProblem } from '../parts/say.ts'
import { useMe } from '../session/use-me.ts'
import styles from './composer.module.css'
import { dropHeld } from './outbox.ts'

function useLeftMs(releaseAt: string | undefined): number {
  // The bar runs from what was left when it appeared; the server keeps the real clock.
  return useMemo(() => (releaseAt ? Math.max(0, Date.parse(releaseAt) - Date.now()) : 0), [releaseAt])
}

/** Five seconds to think again. */
export function UndoBar({
  conversation,
  restore,
}: {
  conversation: Conversation
  restore: (held: HeldMessage) => void
}) {
  const { t } = useWords()
  const { me } = useMe()
  const held = conversation.held.findLast((one) => one.author.id === me?.member.id)
  const leftMs = useLeftMs(held?.releaseAt)
  const [busy, setBusy] = useState(false)
  const heldId = held?.id
  useEffect(() => {
    if (!heldId) return
    // If the notice of its leaving is lost, the truth is asked for.
    const timer = setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: ['conversation', conversation.id] }),
      leftMs + 2500,
    )
    return () => clearTimeout(timer)
  }, [heldId, leftMs, conversation.id])
  if (!held) return null

  async function settle(act: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      if (!isProblem(error, 'not_found')) sayProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const undo = () =>
    settle(async () => {
      const taken = await call(conversations.undoMessage, { params: { id: held.id } })
      dropHeld(conversation.id, held.id)
      restore(taken)
    })
  const release = () =>
    settle(async () => void (await call(conversations.sendNow, { params: { id: held.id } })))
  const style: CSSProperties & Record<'--left', string> = { '--left': `${leftMs}ms` }
  return (
    <div className={styles.undo} style={style} role="status">
      <span style={{ flex: 1 }}>{t('undo.leaving')}</span>
      <button type="button" disabled={busy} onClick={() => void undo()}>
        {t('undo.undo')}
      </button>
      <button type="button" disabled={busy} onClick={() => void release()}>
        {t('undo.now')}
      </button>
    </div>
  )
}
