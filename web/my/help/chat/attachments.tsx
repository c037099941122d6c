import { useState } from 'preact/hooks'
import type { Attachment } from '../../../../contracts/entries.ts'
import { formatBytes } from '../../../shared/format/index.ts'
import { FileIcon } from '../../parts/icons.tsx'
import { Sheet } from '../../parts/sheet.tsx'
import styles from './chat.module.css'
import { useChatWords } from './chat-words.ts'

/** Types that every browser draws; others that call themselves images are offered as files. */
const DRAWN = /^image\/(png|jpeg|gif|webp|avif)$/

/** The files of a message: pictures looked at here, sound and film played here, the rest to download. */
export const Attachments = ({ files }: { files: readonly Attachment[] }) => (
  <>
    {files.map((file) => (
      <OneFile key={file.id} file={file} />
    ))}
  </>
)

function OneFile({ file }: { file: Attachment }) {
  const { w } = useChatWords()
  const { state, mediaType, kind, url, name } = file
  if (state !== 'ready') {
    const words = { pending: w.chat.files.coming, failed: w.chat.files.lost, erased: w.chat.files.erased }
    return (
      <p class={styles.file}>
        <FileIcon /> <span>{words[state]}</span>
      </p>
    )
  }
  if (DRAWN.test(mediaType)) return <Photo file={file} />
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: what people send has no captions */}
      {kind === 'audio' && <audio controls preload="none" src={url} aria-label={name} class={styles.media} />}
      {/* biome-ignore lint/a11y/useMediaCaption: what people send has no captions */}
      {kind === 'video' && <video controls preload="none" src={url} aria-label={name} class={styles.media} />}
      <Download file={file} />
    </>
  )
}

function Download({ file: { url, name, bytes } }: { file: Attachment }) {
  const { locale } = useChatWords()
  return (
    <a class={styles.file} href={url} download={name}>
      <FileIcon />
      <span>
        {name} <small>{formatBytes(bytes, locale)}</small>
      </span>
    </a>
  )
}

const MOST_HIGH = 320

/** The room that a picture takes, known before it is here: nothing moves when it comes. */
const sizeOf = ({ width, height }: Attachment) =>
  width && height
    ? { width: Math.round(width * Math.min(1, MOST_HIGH / height)), aspectRatio: `${width} / ${height}` }
    : {}

function Photo({ file }: { file: Attachment }) {
  const { w } = useChatWords()
  const { url, name } = file
  const [isOpen, setOpen] = useState(false)
  const [failures, setFailures] = useState({ count: 0, stands: false })
  if (failures.stands)
    return (
      <button
        type="button"
        class={styles.file}
        onClick={() => setFailures(({ count }) => ({ count, stands: false }))}
      >
        <FileIcon /> <span>{w.chat.files.notShown}</span>
      </button>
    )
  // Another address: what could not be had once is kept by the browser as broken.
  const source = failures.count === 0 ? url : `${url}?again=${failures.count}`
  return (
    <>
      <button
        type="button"
        class={styles.photo}
        aria-label={w.chat.files.open(name)}
        onClick={() => setOpen(true)}
      >
        <img
          src={source}
          alt={name}
          style={sizeOf(file)}
          loading="lazy"
          onError={() => setFailures(({ count }) => ({ count: count + 1, stands: true }))}
        />
      </button>
      {isOpen && (
        <Sheet title={name} wide onClose={() => setOpen(false)}>
          <img src={source} alt={name} class={styles.large} />
          <a href={url} download={name}>
            {w.chat.files.download}
          </a>
        </Sheet>
      )}
    </>
  )
}
