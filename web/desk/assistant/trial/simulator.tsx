import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { IconAdjustments, IconArrowBackUp, IconRefresh, IconSend2 } from '@tabler/icons-react'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAssistantWords } from '../words.ts'
import { Conditions } from './conditions.tsx'
import { Keypad } from './keypad.tsx'
import { Transcript } from './transcript.tsx'
import styles from './trial.module.css'
import type { Mode, TrialState, Turn } from './use-trial.ts'

interface Props {
  readonly state: TrialState
  readonly flowKey: string
  readonly flowTitle: (key: string) => string
  readonly intentTitle: (key: string) => string
}

/** A live talk with the flow as it stands on the screen: in writing, or by keys as on a telephone. */
export function Simulator({ state, flowKey, flowTitle, intentTitle }: Props) {
  const { t, locale } = useAssistantWords()
  const [shows, setShows] = useState(false)
  const { setting, said, trial, error, isPending } = state
  const last = trial?.turns.at(-1)
  const modes = (['text', 'phone'] as const).map((mode) => ({ value: mode, label: t(`trial.${mode}`) }))
  return (
    <section className={styles.simulator} aria-label={t('trial.name')}>
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('trial.mode')}
          value={setting.mode}
          data={modes}
          onChange={(mode) => state.set({ mode: mode as Mode })}
        />
        <span className={styles.grow} />
        <Tool label={t('trial.conditions')} act={() => setShows(!shows)} pressed={shows}>
          <IconAdjustments size={16} />
        </Tool>
        <Tool label={t('trial.back')} act={state.back} disabled={said.length === 0}>
          <IconArrowBackUp size={16} />
        </Tool>
        <Tool label={t('trial.restart')} act={state.restart} disabled={said.length === 0}>
          <IconRefresh size={16} />
        </Tool>
      </div>
      {shows && <Conditions setting={setting} set={state.set} />}
      <ProblemLine error={error} />
      <Transcript
        turns={trial?.turns ?? []}
        said={said}
        mode={setting.mode}
        summary={trial?.summary[locale] ?? ''}
        flowKey={flowKey}
        flowTitle={flowTitle}
        intentTitle={intentTitle}
        pending={isPending}
      />
      <div className={styles.controls}>
        {last && <Controls key={said.length} last={last} state={state} />}
      </div>
    </section>
  )
}

function Tool({
  label,
  act,
  disabled = false,
  pressed,
  children,
}: {
  label: string
  act: () => void
  disabled?: boolean
  pressed?: boolean
  children: React.ReactNode
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={pressed} disabled={disabled} onClick={act}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function Controls({ last, state }: { last: Turn; state: TrialState }) {
  const { t } = useAssistantWords()
  const over = last.waitsFor === 'nothing'
  const choose = (place: number) => {
    const button = last.buttons[place]
    if (button) state.say({ input: { said: button.title, choice: button.payload }, shown: button.title })
  }
  if (over)
    return (
      <Button variant="default" fullWidth leftSection={<IconRefresh size={14} />} onClick={state.restart}>
        {t('trial.again')}
      </Button>
    )
  return (
    <>
      {state.setting.mode === 'text' ? (
        last.buttons.length > 0 && (
          <div className={styles.buttons}>
            {last.buttons.map(({ title, payload }, place) => (
              <Button
                key={payload}
                variant="default"
                disabled={state.isPending}
                onClick={() => choose(place)}
              >
                {title}
              </Button>
            ))}
          </div>
        )
      ) : (
        <Keypad
          keys={last.keys}
          disabled={state.isPending}
          choose={choose}
          enter={(digits) => state.say({ input: { said: digits }, shown: last.secret ? null : digits })}
          beSilent={() => state.say({ input: { silence: true }, shown: t('trial.silence') })}
        />
      )}
      <Words last={last} state={state} />
    </>
  )
}

function Words({ last, state }: { last: Turn; state: TrialState }) {
  const { t } = useAssistantWords()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { mode } = state.setting
  const hasSaid = state.said.length > 0
  useEffect(() => {
    // Who writes goes on writing; who only looks is left where they are.
    if (mode === 'text' && hasSaid) field.current?.focus()
  }, [mode, hasSaid])
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (text.trim() === '' || state.isPending) return
    state.say({ input: { said: text }, shown: last.secret ? null : text })
  }
  const label = t(mode === 'text' ? 'trial.write' : 'trial.speak')
  return (
    <form className={styles.words} onSubmit={send}>
      <TextInput
        ref={field}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={2000}
        autoComplete="off"
        {...(last.secret && { type: 'password', autoComplete: 'new-password' })}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActionIcon type="submit" variant="filled" color="teal" size={34} aria-label={t('trial.send')}>
        <IconSend2 size={16} />
      </ActionIcon>
    </form>
  )
}
