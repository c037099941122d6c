import { useEffect, useRef, useState } from 'react'
import type { Row } from '../../shared/timeline/index.ts'
import { useWords } from '../app/words.ts'

/** Tells a screen reader of what the person wrote just now; older pages stay silent. */
export function Announcer({ rows }: { rows: readonly Row[] }) {
  const { t } = useWords()
  const [words, setWords] = useState('')
  const last = rows.findLast((row) => row.kind === 'item')
  const seen = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (last?.kind !== 'item' || seen.current === last.key) return
    const first = seen.current === undefined
    seen.current = last.key
    const { entry, text } = last.item
    if (!first && entry.direction === 'in')
      setWords(
        t('timeline.announce', { name: entry.author.name ?? t('author.subscriber'), text: text ?? '' }),
      )
  }, [last, t])
  return (
    <div className="visually-hidden" aria-live="polite">
      {words}
    </div>
  )
}
