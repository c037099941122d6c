import { useWords } from '../app/words.ts'
import settings from '../settings/settings.module.css'
import { Changes } from './changes.tsx'

/** Everything that the staff did on the Market. */
export function ChangesPage() {
  const { t } = useWords()
  return (
    <>
      <div className={settings.head}>
        <h1>{t('market.part.changes')}</h1>
      </div>
      <Changes />
    </>
  )
}
