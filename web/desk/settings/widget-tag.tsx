import { useWords } from '../app/words.ts'
import styles from './settings.module.css'

/** What puts the chat of an account on a site. */
export function WidgetTag({ accountId }: { accountId: string }) {
  const { t } = useWords()
  const tag = `<script src="${window.location.origin}/widget.js" data-account="${accountId}" async></script>`
  return (
    <div>
      <p className={styles.dim}>{t('channels.widgetTag')}</p>
      <div className={styles.once}>{tag}</div>
    </div>
  )
}
