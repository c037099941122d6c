import { Link } from '@tanstack/react-router'
import { Fragment, useEffect, useRef } from 'react'
import { type T, useAssistantWords } from '../words.ts'
import styles from './trial.module.css'
import type { Mode, Said, Turn } from './use-trial.ts'
import { Why } from './why.tsx'

interface Props {
  readonly turns: readonly Turn[]
  readonly said: readonly Said[]
  readonly mode: Mode
  readonly summary: string
  readonly flowKey: string
  readonly flowTitle: (key: string) => string
  readonly intentTitle: (key: string) => string
  readonly pending: boolean
}

/** What was said so far, what was understood, and what was done for it. */
export function Transcript(props: Props) {
  const { turns, said, pending, summary } = props
  const { t } = useAssistantWords()
  const end = useRef<HTMLDivElement>(null)
  const length = turns.length
  useEffect(() => {
    if (length > 0) end.current?.scrollIntoView({ block: 'nearest' })
  }, [length])
  const last = turns.at(-1)
  return (
    <div
      className={styles.transcript}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      role="log"
      aria-label={t('trial.transcript')}
      aria-busy={pending}
    >
      {[null, ...said].map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said has no other name than its place, and only the end changes
        <Fragment key={place}>
          {one && (
            <p className={styles.mine} data-mine>
              {one.shown ?? '••••'}
            </p>
          )}
          {turns
            .filter(({ after }) => after === place)
            .map((turn, at) => (
              <Moment
                // biome-ignore lint/suspicious/noArrayIndexKey: likewise
                key={at}
                {...props}
                turn={turn}
                before={turns[turns.indexOf(turn) - 1]}
                heard={one}
              />
            ))}
        </Fragment>
      ))}
      {last?.waitsFor === 'nothing' && (
        <details className={styles.summary}>
          <summary>{t('trial.summary')}</summary>
          <p>{summary}</p>
        </details>
      )}
      <div ref={end} />
    </div>
  )
}

function Moment({
  turn,
  before,
  heard,
  mode,
  flowKey,
  flowTitle,
  intentTitle,
}: Props & { turn: Turn; before: Turn | undefined; heard: Said | null }) {
  const { t } = useAssistantWords()
  const text = mode === 'text' ? turn.text : turn.say
  const words = heard && 'said' in heard.input && heard.shown !== null ? heard.input.said : null
  return (
    <>
      {turn.meant && (
        <div className={styles.aside}>
          {t(`trial.meant.${turn.meant.verdict}`, { what: intentTitle(turn.meant.intent) })}
          {words !== null && <Why text={words} intentTitle={intentTitle} />}
        </div>
      )}
      {turn.did && <p className={styles.aside}>{sayDid(turn.did, t)}</p>}
      {before && before.flow !== turn.flow && (
        <p className={styles.aside}>
          {t('trial.goesOn')}{' '}
          {turn.flow === flowKey ? (
            flowTitle(turn.flow)
          ) : (
            <Link to="/assistant/flows/$flowKey" params={{ flowKey: turn.flow }}>
              {flowTitle(turn.flow)}
            </Link>
          )}
        </p>
      )}
      {text !== '' && <p className={styles.theirs}>{text}</p>}
      <End effect={turn.effect} />
    </>
  )
}

/** What was asked or done on the line, and what came of it. */
function sayDid({ what, outcome }: NonNullable<Turn['did']>, t: T): string {
  const known = <K extends string>(table: Readonly<Record<K, string>>, key: string) =>
    Object.hasOwn(table, key) ? table[key as K] : undefined
  const words = t('did', { returnObjects: true })
  const name =
    known(t('question', { returnObjects: true }), what) ??
    known(t('order', { returnObjects: true }), what) ??
    known(words, what) ??
    what
  return t('trial.did', { what: name, outcome: known(words, outcome) ?? outcome })
}

interface Effect {
  readonly kind: string
  readonly done?: boolean
  readonly queue?: string
  readonly why?: string
  readonly day?: string
}

const isEffect = (value: unknown): value is Effect =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string'

/** How it ended, if it did. */
function End({ effect }: { effect: unknown }) {
  const { t } = useAssistantWords()
  if (!isEffect(effect)) return null
  const { kind, done, queue, why, day } = effect
  if (kind === 'end') return <p className={styles.end}>{t(done ? 'trial.endDone' : 'trial.endUndone')}</p>
  if (kind === 'hand-over')
    return (
      <p className={styles.end}>
        {t('trial.handedOver', { queue })} {why !== undefined && t(`why.${why as 'asked'}`)}
      </p>
    )
  return kind === 'call-back' ? <p className={styles.end}>{t('trial.callBack', { day })}</p> : null
}
