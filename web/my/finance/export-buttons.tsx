import { useState } from 'preact/hooks'
import { type ExportQuery, lines } from '../../../contracts/lines.ts'
import { isProblem } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { download } from '../data/download.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import styles from './finance.module.css'
import { useFinanceWords } from './finance-words.ts'

type Format = ExportQuery['format']
const FORMATS: readonly Format[] = ['csv', 'pdf']
const ROUTES = { charges: lines.exportCharges, usage: lines.exportUsage } as const

interface Props {
  readonly what: keyof typeof ROUTES
  readonly lineId: string
  readonly month: string
}

/** A month as a file. Where it wants a code of the last minutes, the code is asked for and the file comes after it. */
export function ExportButtons({ what, lineId, month }: Props) {
  const { w, locale } = useFinanceWords()
  const [busy, setBusy] = useState<Format>()
  const [waiting, setWaiting] = useState<Format>()
  const [problem, setProblem] = useState<unknown>()
  const save = async (format: Format) => {
    setBusy(format)
    setProblem(undefined)
    setWaiting(undefined)
    try {
      await download(ROUTES[what], {
        params: { id: lineId },
        query: { from: month, to: month, format, locale },
      })
    } catch (error) {
      if (isProblem(error, 'fresh_code_required')) setWaiting(format)
      else setProblem(error)
    }
    setBusy(undefined)
  }
  return (
    <div class={styles.files}>
      <span>{w.finance.export[what]}:</span>
      {FORMATS.map((format) => (
        <Button key={format} look="plain" busy={busy === format} onClick={() => void save(format)}>
          {w.finance.export[format]}
        </Button>
      ))}
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {isProblem(problem, 'payload_too_large') ? w.finance.export.tooMany : problemText(problem, locale)}
        </p>
      )}
      {waiting && <FreshCode onClose={() => setWaiting(undefined)} onFresh={() => void save(waiting)} />}
    </div>
  )
}
