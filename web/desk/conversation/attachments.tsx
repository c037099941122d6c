import { Modal } from '@mantine/core'
import { IconFile, IconFileOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { Attachment } from '../../../contracts/entries.ts'
import { formatBytes } from '../../shared/format/index.ts'
import { textOfCode } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

function Image({ attachment }: { attachment: Attachment }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const { url, name, width, height } = attachment
  return (
    <>
      <button
        type="button"
        className={styles.thumb}
        onClick={() => setOpen(true)}
        aria-label={t('file.enlarge', { name })}
      >
        <img src={url} alt={name} loading="lazy" {...(width && { width })} {...(height && { height })} />
      </button>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size="auto"
        title={name}
        closeButtonProps={{ 'aria-label': t('states.close') }}
      >
        <img
          src={url}
          alt={name}
          style={{ display: 'block', maxWidth: '86vw', maxHeight: '80dvh', margin: '0 auto' }}
        />
      </Modal>
    </>
  )
}

const REASONS = [
  'attachment_too_large',
  'too_many_attachments',
  'not_found',
  'unavailable',
  'private_address',
] as const

/** A file that is not here, or not yet, and why. */
function Missing({
  attachment: { name, reason },
  state,
}: {
  attachment: Attachment
  state: Exclude<Attachment['state'], 'ready'>
}) {
  const { t, locale } = useWords()
  const known = REASONS.find((one) => one === reason)
  const why = known ? t(`file.reasons.${known}`) : reason && textOfCode(reason, locale)
  return (
    <span className={styles.file}>
      <IconFileOff size={18} aria-hidden />
      <span className={styles.fileName}>{name}</span>
      <span className={styles.small}>
        {t(`file.${state}`)}
        {state === 'failed' && why && `: ${why}`}
      </span>
    </span>
  )
}

function One({ attachment }: { attachment: Attachment }) {
  const { locale } = useWords()
  const { state, kind, url, name, bytes } = attachment
  if (state !== 'ready') return <Missing attachment={attachment} state={state} />
  if (kind === 'image') return <Image attachment={attachment} />
  if (kind === 'audio')
    // biome-ignore lint/a11y/useMediaCaption: a person's own voice note has no captions
    return <audio controls preload="none" src={url} aria-label={name} style={{ maxWidth: 280, height: 40 }} />
  if (kind === 'video')
    return (
      // biome-ignore lint/a11y/useMediaCaption: a person's own video has no captions
      <video controls preload="none" src={url} aria-label={name} style={{ maxWidth: 320, borderRadius: 8 }} />
    )
  return (
    <a className={styles.file} href={url} download={name} title={name}>
      <IconFile size={18} aria-hidden />
      <span className={styles.fileName}>{name}</span>
      <span className={styles.small} style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(bytes, locale)}
      </span>
    </a>
  )
}

/** Files of a message: pictures to look at, sounds to play, the rest to download. */
export function Attachments({ files }: { files: readonly Attachment[] }) {
  if (files.length === 0) return null
  return (
    <div className={styles.files}>
      {files.map((one) => (
        <One key={one.id} attachment={one} />
      ))}
    </div>
  )
}
