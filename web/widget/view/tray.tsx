import { fill } from '../locales/index.ts'
import { useSurroundings } from './context.ts'
import { sizeOf } from './dates.ts'
import { CloseIcon, FileIcon } from './icons.tsx'
import type { Upload } from './uploads.ts'

interface TrayProps {
  readonly uploads: readonly Upload[]
  readonly onAgain: (upload: Upload) => void
  readonly onRemove: (upload: Upload) => void
}

/** The files that will leave with the next message. */
export const Tray = ({ uploads, onAgain, onRemove }: TrayProps) => {
  const { texts, focusHome } = useSurroundings()
  return (
    <ul class="tray">
      {uploads.map((upload) => {
        const { file, progress, done, trouble } = upload
        return (
          <li key={upload.key}>
            <FileIcon />
            <span class="tray-file">
              <b>{file.name}</b>
              {trouble ? <small role="alert">{trouble}</small> : <small>{sizeOf(texts, file.size)}</small>}
              {!done && !trouble && (
                <progress value={progress} max={1} aria-label={fill(texts.uploading, { name: file.name })} />
              )}
            </span>
            {trouble && (
              <button
                type="button"
                class="link"
                onClick={() => {
                  onAgain(upload)
                  focusHome()
                }}
              >
                {texts.retry}
              </button>
            )}
            <button
              type="button"
              class="icon"
              aria-label={fill(texts.remove, { name: file.name })}
              onClick={() => {
                onRemove(upload)
                focusHome()
              }}
            >
              <CloseIcon />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
