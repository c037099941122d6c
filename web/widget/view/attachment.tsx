import { useEffect, useState } from 'preact/hooks'
import type { Attachment } from '../../../contracts/entries.ts'
import { fill } from '../locales/index.ts'
import { useSurroundings } from './context.ts'
import { sizeOf } from './dates.ts'
import { FileIcon } from './icons.tsx'

/** Types that a browser draws and never executes: only these become pages of their own under the site's origin. */
const RASTER = /^image\/(png|jpeg|gif|webp|avif)$/

const Photo = ({ file }: { file: Attachment }) => {
  const { texts, chat } = useSurroundings()
  const [url, setUrl] = useState<string>()
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt fetches again
  useEffect(() => {
    let made: string | undefined
    let gone = false
    setFailed(false)
    void chat.download(file.id).then((answer) => {
      if (gone) return
      if (!answer.ok) return setFailed(true)
      made = URL.createObjectURL(new Blob([answer.value], { type: file.mediaType }))
      setUrl(made)
    })
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [chat, file.id, file.mediaType, attempt])
  const shape = { aspectRatio: `${file.width ?? 4} / ${file.height ?? 3}` }
  const name = fill(texts.image, { name: file.name })
  if (failed) {
    return (
      <button type="button" class="file" onClick={() => setAttempt(attempt + 1)}>
        <FileIcon /> <span>{texts.fileFailed}</span>
      </button>
    )
  }
  if (!url) return <div class="photo empty" style={shape} role="img" aria-label={name} />
  return (
    <a class="photo" href={url} target="_blank" rel="noopener" style={shape}>
      <img src={url} alt={name} />
    </a>
  )
}

const Download = ({ file }: { file: Attachment }) => {
  const { texts, chat } = useSurroundings()
  const [failed, setFailed] = useState(false)
  const save = async () => {
    setFailed(false)
    const answer = await chat.download(file.id)
    if (!answer.ok) return setFailed(true)
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([answer.value], { type: 'application/octet-stream' }))
    link.download = file.name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  return (
    <button type="button" class="file" onClick={() => void save()}>
      <FileIcon />
      <span>
        <span class="aside">{texts.download} </span>
        <b>{file.name}</b> <small>{failed ? texts.fileFailed : sizeOf(texts, file.bytes)}</small>
      </span>
    </button>
  )
}

/** A file of a message: a picture shown, anything else offered as a download. */
export const AttachmentView = ({ file }: { file: Attachment }) => {
  const { texts } = useSurroundings()
  if (file.state === 'ready')
    return RASTER.test(file.mediaType) ? <Photo file={file} /> : <Download file={file} />
  const words = { erased: texts.fileGone, failed: texts.fileGone, pending: texts.filePending }[file.state]
  return (
    <div class="file still">
      <FileIcon /> <span>{words}</span>
    </div>
  )
}
