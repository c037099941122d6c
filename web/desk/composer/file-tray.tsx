import { CloseButton } from '@mantine/core'
import type { Attachment } from '../../../contracts/entries.ts'
import { formatBytes, formatShare } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import styles from './composer.module.css'
import type { Upload } from './use-uploads.ts'

interface Props {
  readonly attachments: readonly Attachment[]
  readonly uploads: readonly Upload[]
  readonly removeUpload: (key: string) => void
  readonly removeAttachment: (id: string) => void
}

/** Files that will go with the message, with their progress and a way to leave them out. */
export function FileTray({ attachments, uploads, removeUpload, removeAttachment }: Props) {
  const { t, locale } = useWords()
  if (attachments.length + uploads.length === 0) return null
  return (
    <div className={styles.tray}>
      {attachments.map(({ id, name, bytes, kind, url }) => (
        <span key={id} className={styles.chip}>
          {kind === 'image' && <img src={url} alt="" />}
          <span className={styles.laneText} title={name}>
            {name}
          </span>
          <span className={styles.dim}>{formatBytes(bytes, locale)}</span>
          <CloseButton
            size="xs"
            aria-label={t('composer.removeFile', { name })}
            onClick={() => removeAttachment(id)}
          />
        </span>
      ))}
      {uploads.map(({ key, name, share, error }) => (
        <span key={key} className={styles.chip} data-bad={error !== null}>
          <span className={styles.laneText} title={name}>
            {name}
          </span>
          <span className={styles.dim}>
            {error ? problemText(error, locale) : formatShare(share, locale)}
          </span>
          <CloseButton
            size="xs"
            aria-label={t('composer.removeFile', { name })}
            onClick={() => removeUpload(key)}
          />
          {!error && <span className={styles.progress} style={{ width: `${share * 100}%` }} />}
        </span>
      ))}
    </div>
  )
}
