import { useState } from 'preact/hooks'
import { my } from '../../../contracts/my.ts'
import { problemText } from '../../shared/problems/index.ts'
import { call } from '../data/api.ts'
import { download } from '../data/download.ts'
import { lookAgain } from '../data/reading.ts'
import { leave, useSession } from '../data/session.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { say } from '../parts/toast.tsx'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

type Wish = 'download' | 'delete'

/** What is kept of the person, and the end of the app's account. Both take a fresh code: a phone that lies open is not enough. */
export function MyData() {
  const { w, locale } = useSettingsWords()
  const freshUntil = useSession().value?.freshUntil
  const [wish, setWish] = useState<Wish>()
  const [isFresh, setFresh] = useState(false)
  const begin = (next: Wish) => {
    const fresh = freshUntil !== null && freshUntil !== undefined && Date.parse(freshUntil) > Date.now()
    setFresh(fresh)
    if (fresh && next === 'download') void save()
    else setWish(next)
  }
  const save = () =>
    download(my.exportMyData, {}).catch((error: unknown) =>
      say({ text: problemText(error, locale), tone: 'trouble' }),
    )
  const onFresh = () => {
    lookAgain('session')
    setFresh(true)
    if (wish !== 'download') return
    void save()
    setWish(undefined)
  }
  const end = () => setWish(undefined)
  return (
    <section class={parts.card} aria-labelledby="my-data">
      <h2 id="my-data">{w.settings.myData}</h2>
      <ul class={parts.list}>
        <li class={styles.row}>
          <span>
            <b>{w.settings.download}</b>
            <small>{w.settings.downloadLead}</small>
          </span>
          <Button look="soft" onClick={() => begin('download')}>
            {w.settings.downloadIt}
          </Button>
        </li>
        <li class={styles.row}>
          <span>
            <b>{w.settings.deletion}</b>
            <small>{w.settings.deletionLead}</small>
          </span>
          <Button look="plain" onClick={() => begin('delete')}>
            {w.settings.deleteIt}
          </Button>
        </li>
      </ul>
      {wish && !isFresh && <FreshCode onFresh={onFresh} onClose={end} />}
      {wish === 'delete' && isFresh && <Deletion onClose={end} />}
    </section>
  )
}

function Deletion({ onClose }: { onClose: () => void }) {
  const { w, locale } = useSettingsWords()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await call(my.deleteMyAccount, { body: { confirm: true } })
      await leave()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Sheet title={w.settings.deletionTitle} onClose={onClose}>
      <p>{w.settings.deletionGoes}</p>
      <p>{w.settings.deletionStays}</p>
      {problem !== undefined && (
        <p class={parts.wrong} role="alert">
          {problemText(problem, locale)}
        </p>
      )}
      <Button busy={busy} onClick={() => void act()}>
        {w.settings.deletionConfirm}
      </Button>
    </Sheet>
  )
}
