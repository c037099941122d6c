import { useState } from 'react'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src 'none'; form-action 'none'"

/** The page of a letter: no scripts, no forms; foreign images only when somebody asked for them. */
export function pageOf(html: string, withImages: boolean): string {
  const images = withImages ? 'https: http: data:' : "'self' data:"
  const body = withImages ? html.replaceAll('data-remote-src=', 'src=') : html
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}; img-src ${images}"><meta name="referrer" content="no-referrer"><base target="_blank"><style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#23211e;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style>${body}`
}

/** A letter as it was laid out, in a frame that can run nothing and reach nothing of the desk. */
export function MailFrame({
  html,
  remoteImages,
  subject,
}: {
  html: string
  remoteImages: number
  subject: string
}) {
  const { t } = useWords()
  const [withImages, setWithImages] = useState(false)
  return (
    <>
      {remoteImages > 0 && !withImages && (
        <button type="button" className={styles.act} onClick={() => setWithImages(true)}>
          {t('mail.showImages', { count: remoteImages })}
        </button>
      )}
      <iframe
        className={styles.frame}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={pageOf(html, withImages)}
        title={t('mail.frame', { subject })}
      />
    </>
  )
}
