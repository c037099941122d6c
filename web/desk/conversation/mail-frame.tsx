import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { urlOf } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

/** Taller ones scroll inside. */
const MOST_PX = 640

/** A letter as it was laid out: a page of its own that can run nothing, and asks foreign servers nothing until somebody says so. */
export function MailFrame({
  conversationId,
  laneId,
  seq,
  remoteImages,
  subject,
}: {
  conversationId: string
  laneId: string
  seq: number
  remoteImages: number
  subject: string
}) {
  const { t } = useWords()
  const [withImages, setWithImages] = useState(false)
  const src = urlOf(conversations.readLetter, {
    params: { id: conversationId, laneId, seq },
    query: { images: withImages ? 'shown' : undefined },
  })
  return (
    <>
      {remoteImages > 0 && !withImages && (
        <button type="button" className={styles.act} onClick={() => setWithImages(true)}>
          {t('mail.showImages', { count: remoteImages })}
        </button>
      )}
      <iframe
        className={styles.frame}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        src={src}
        title={t('mail.frame', { subject })}
        onLoad={({ currentTarget }) => growTo(currentTarget)}
      />
    </>
  )
}

/** Makes the frame as high as its letter. */
function growTo(frame: HTMLIFrameElement): void {
  const page = frame.contentDocument?.body
  if (!page) return
  const { height } = page.getBoundingClientRect()
  const borders = 2
  frame.style.height = `${Math.min(MOST_PX, Math.ceil(height) + borders)}px`
}
