import { useEffect, useRef, useState } from 'preact/hooks'
import { onReturn } from '../core/on-return.ts'
import type { MountHelp } from '../loader/host.ts'
import { useSurroundings } from './context.ts'
import type { HelpPlace } from './help-place.ts'

interface Props {
  readonly place: HelpPlace
  readonly onPlace: (place: HelpPlace | null) => void
}

/** Help over the conversation, loaded when it is first opened; by itself once the network is back. */
export const HelpFrame = ({ place, onPlace }: Props) => {
  const { texts, base, loadHelp } = useSurroundings()
  const frame = useRef<HTMLDivElement>(null)
  const [help, setHelp] = useState<ReturnType<MountHelp> | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const load = async () => {
    setFailed(null)
    try {
      const { mountHelp } = await loadHelp()
      if (frame.current) setHelp(mountHelp(frame.current))
    } catch {
      setFailed(navigator.onLine ? texts.refusals.otherwise : texts.helpOffline)
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => void load(), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is another one each time and does the same
  useEffect(() => {
    if (!failed) return
    const life = new AbortController()
    onReturn(() => void load(), life.signal)
    return () => life.abort()
  }, [failed])
  useEffect(() => () => help?.end(), [help])
  useEffect(() => {
    help?.show({
      base,
      locale: texts.locale,
      articleKey: place.key,
      onArticle: (key) => onPlace({ key, fromChat: place.fromChat && place.key === null }),
      onAsk: () => onPlace(null),
    })
  }, [help, base, texts, place, onPlace])
  return (
    <div class="cover">
      <div ref={frame} />
      {failed && (
        <div class="failure" role="alert">
          {failed}
          <button type="button" class="link" onClick={() => void load()}>
            {texts.retry}
          </button>
        </div>
      )}
      {!help && !failed && <div class="skeleton" role="status" aria-label={texts.loadingHelp} />}
    </div>
  )
}
