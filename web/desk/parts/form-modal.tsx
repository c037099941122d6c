import { Button, Group, Modal, Stack } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useWords } from '../app/words.ts'
import { beforeUnload } from '../session/leave.ts'
import styles from './form-modal.module.css'

interface Props {
  readonly title: string
  readonly close: () => void
  readonly submit: () => void
  /** What stands in it is shown just once, or is about to be: only a button of the dialog's own closes it. */
  readonly held?: boolean
  /** Its buttons; the question whether to throw away what was typed takes their place. */
  readonly foot: ReactNode
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

/** What is chosen with one press is chosen again with one: only words and ticks are worth a question. */
function isTyped({ target }: SyntheticEvent): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && target.type !== 'radio' && target.ariaHasPopup !== 'listbox'
}

/**
 * A form over the desk. Escape, a click beside it and the cross ask before they throw away what somebody typed; so does the browser before
 * it closes the tab.
 */
export function FormModal({ title, close, submit, held = false, foot, children }: Props) {
  const { t } = useWords()
  const [asks, setAsks] = useState(false)
  const typed = useRef(false)
  const field = useRef<HTMLElement | null>(null)
  useEffect(() => beforeUnload(() => typed.current), [])
  const goOn = () => {
    setAsks(false)
    field.current?.focus()
  }
  return (
    <Modal
      opened
      onClose={() => (typed.current ? setAsks(true) : close())}
      closeOnEscape={!held}
      closeOnClickOutside={!held}
      withCloseButton={!held}
      title={title}
      closeButtonProps={{ 'aria-label': t('states.close') }}
      // The header lies over the edge of what is below it: the ring around a focused button needs its room.
      styles={{ body: { paddingTop: 4 } }}
    >
      <form
        onKeyDown={keepFromEnding}
        onChange={(event) => {
          if (isTyped(event)) typed.current = true
        }}
        onFocus={({ target }) => {
          if (target.matches('input, textarea')) field.current = target
        }}
        onSubmit={(event) => {
          event.preventDefault()
          setAsks(false)
          submit()
        }}
      >
        <Stack gap={12}>
          {children}
          {asks && !held ? (
            <div className={styles.asks} role="alert">
              <p>{t('states.typedIsLost')}</p>
              <Group justify="flex-end" gap={8}>
                <Button variant="subtle" color="gray" onClick={close}>
                  {t('states.throwAway')}
                </Button>
                <Button type="button" autoFocus onClick={goOn}>
                  {t('states.goOn')}
                </Button>
              </Group>
            </div>
          ) : (
            <Group justify="flex-end" gap={8}>
              {foot}
            </Group>
          )}
        </Stack>
      </form>
    </Modal>
  )
}
