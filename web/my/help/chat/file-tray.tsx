import { MESSAGE_LIMITS } from '../../../../contracts/my.ts'
import { formatBytes } from '../../../shared/format/index.ts'
import { problemText } from '../../../shared/problems/index.ts'
import { isUnheard } from '../../data/api.ts'
import { CloseIcon, FileIcon, RetryIcon } from '../../parts/icons.tsx'
import styles from './chat.module.css'
import { useChatWords } from './chat-words.ts'
import { type NotTaken, removeFile, type TrayFile, uploadAgain } from './tray.ts'

interface Props {
  readonly tray: readonly TrayFile[]
  readonly notTaken: NotTaken
}

/** The files that will leave with the next message, how far each is, and how much one message carries. */
export function FileTray({ tray, notTaken }: Props) {
  const { w, locale } = useChatWords()
  const size = formatBytes(MESSAGE_LIMITS.fileBytes, locale)
  const { tooLarge, beyond } = notTaken
  const isEmpty = tray.length === 0 && tooLarge.length === 0
  return (
    <>
      {tray.length > 0 && (
        <ul class={styles.tray} aria-label={w.chat.files.chosen}>
          {tray.map((one) => (
            <TrayRow key={one.key} one={one} />
          ))}
        </ul>
      )}
      <div role="status" class={styles.limits} hidden={isEmpty}>
        {tooLarge.length > 0 && (
          <p class={styles.wrong}>{w.chat.files.tooLarge(tooLarge.join(', '), size)}</p>
        )}
        {beyond > 0 && <p class={styles.wrong}>{w.chat.files.beyond(beyond, MESSAGE_LIMITS.files)}</p>}
        {!isEmpty && <p>{w.chat.files.limits(MESSAGE_LIMITS.files, size)}</p>}
      </div>
    </>
  )
}

function TrayRow({ one }: { one: TrayFile }) {
  const { w } = useChatWords()
  const { file, preview, state, share } = one
  return (
    <li class={styles.trayRow}>
      {preview ? <img src={preview} alt="" class={styles.thumb} /> : <FileIcon />}
      <span class={styles.trayFile}>
        <b>{file.name}</b>
        <State one={one} />
        {state === 'sending' && (
          <progress value={share} max={1} aria-label={w.chat.files.uploading(file.name)} />
        )}
      </span>
      {state === 'refused' && (
        <button
          type="button"
          class={styles.pick}
          aria-label={w.chat.files.again(file.name)}
          onClick={() => uploadAgain(one)}
        >
          <RetryIcon />
        </button>
      )}
      <button
        type="button"
        class={styles.pick}
        aria-label={w.chat.files.remove(file.name)}
        onClick={() => removeFile(one)}
      >
        <CloseIcon />
      </button>
    </li>
  )
}

function State({ one: { state, problem, file } }: { one: TrayFile }) {
  const { w, locale } = useChatWords()
  const words = w.chat.files
  if (state === 'refused')
    return (
      <small class={styles.wrong} role="alert">
        {problemText(problem, locale)}
      </small>
    )
  const waiting = isUnheard(problem) ? words.waiting : words.later
  const about = { queued: words.queued, waiting, ready: words.ready, sending: null }[state]
  return <small>{[formatBytes(file.size, locale), about].filter(Boolean).join(' · ')}</small>
}
