import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { KeyboardEvent, ReactNode } from 'react'
import { useWords } from '../app/words.ts'
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
  /** It was done, and what came of it is still to be read: nothing is left but to close. */
  readonly done?: boolean
  /** What a refusal means here, where its common words would not say; null for all others. */
  readonly explain?: (error: unknown) => string | null
  readonly children: ReactNode
}

/** Enter over an open list is about the list: a form that it ended would leave with what nobody has chosen. */
function keepFromEnding(event: KeyboardEvent): void {
  if (
    event.key === 'Enter' &&
    event.target instanceof HTMLInputElement &&
    event.target.ariaExpanded === 'true'
  )
    event.preventDefault()
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
  done = false,
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
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': t('states.close') }}
      // The header lies over the edge of what is below it: the ring around a focused button needs its room.
      styles={{ body: { paddingTop: 4 } }}
    >
      <form
        onKeyDown={keepFromEnding}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !done) run.mutate()
        }}
      >
        <Stack gap={12}>
          {children}
          <ProblemLine error={run.error} words={run.error && explain(run.error)} />
          <Group justify="flex-end" gap={8}>
            {done ? (
              <Button onClick={close}>{t('states.close')}</Button>
            ) : (
              <>
                <Button variant="subtle" color="gray" onClick={close}>
                  {t('states.cancel')}
                </Button>
                <Button
                  type="submit"
                  loading={run.isPending}
                  disabled={!ready}
                  {...(danger && { color: 'red' })}
                >
                  {word}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
