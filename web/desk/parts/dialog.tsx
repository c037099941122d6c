import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../app/words.ts'
import { FormModal } from './form-modal.tsx'
import { ProblemLine } from './problem-line.tsx'

interface Props {
  readonly title: string
  /** What the button does, in a word. */
  readonly word: string
  readonly close: () => void
  /** Resolves when it was done (the dialog closes); rejects with what to say. */
  readonly act: () => Promise<unknown>
  readonly ready?: boolean
  readonly danger?: boolean
  readonly keepOpen?: boolean
  /** What comes of it is shown once (a password, a key): whether it was, and nothing is left but to close. */
  readonly once?: { readonly shown: boolean }
  /** What a refusal means here, where its common words would not say; null for all others. */
  readonly explain?: (error: unknown) => string | null
  readonly children: ReactNode
}

/** A question that needs more than a click: a form, one button that says what happens, and why it did not. */
export function Dialog({
  title,
  word,
  close,
  act,
  ready = true,
  danger = false,
  keepOpen = false,
  once,
  explain = () => null,
  children,
}: Props) {
  const { t } = useWords()
  const run = useMutation({
    mutationFn: act,
    onSuccess: () => {
      if (!keepOpen) close()
    },
  })
  const done = once?.shown === true
  const held = done || (once !== undefined && run.isPending)
  return (
    <FormModal
      title={title}
      close={close}
      submit={() => {
        if (ready && !done && !run.isPending) run.mutate()
      }}
      held={held}
      foot={
        done ? (
          <Button onClick={close}>{t('states.close')}</Button>
        ) : (
          <>
            <Button variant="subtle" color="gray" onClick={close} disabled={held}>
              {t('states.cancel')}
            </Button>
            <Button type="submit" loading={run.isPending} disabled={!ready} {...(danger && { color: 'red' })}>
              {word}
            </Button>
          </>
        )
      }
    >
      {children}
      <ProblemLine error={run.error} words={run.error && explain(run.error)} />
    </FormModal>
  )
}
