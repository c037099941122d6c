import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../app/words.ts'
import styles from './palette.module.css'
import { type Command, useCommands } from './use-commands.ts'

interface Props {
  readonly opened: boolean
  readonly close: () => void
  readonly showHelp: () => void
}

/** Everything one can do, by its name. */
export function CommandPalette({ opened, close, showHelp }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      padding={0}
      yOffset="12vh"
      centered={false}
      size={560}
    >
      {opened && <Palette close={close} showHelp={showHelp} />}
    </Modal>
  )
}

const showIt = (chosen: HTMLElement | null) => chosen?.scrollIntoView({ block: 'nearest' })

function Palette({ close, showHelp }: Omit<Props, 'opened'>) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const needle = text.trim().toLocaleLowerCase()
  const all = useCommands(needle, showHelp)
  const found = all.filter((one) => one.always || one.title.toLocaleLowerCase().includes(needle)).slice(0, 12)
  const chosen = Math.max(0, Math.min(at, found.length - 1))
  const run = (command: Command | undefined) => {
    if (!command) return
    close()
    command.run()
  }
  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        size="md"
        px={16}
        py={6}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={`palette-${chosen}`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') run(found[chosen])
          if (event.key === 'ArrowDown') setAt((chosen + 1) % Math.max(1, found.length))
          if (event.key === 'ArrowUp') setAt((chosen - 1 + found.length) % Math.max(1, found.length))
          if (/^Arrow(Up|Down)$/.test(event.key)) event.preventDefault()
        }}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.name')} className={styles.list}>
        {found.map((one, index) => (
          <button
            key={one.id}
            ref={index === chosen ? showIt : null}
            id={`palette-${index}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className={styles.command}
            onMouseMove={() => setAt(index)}
            onClick={() => run(one)}
          >
            <span>{one.title}</span>
            {one.key && <kbd className={styles.key}>{one.key}</kbd>}
          </button>
        ))}
        {found.length === 0 && (
          <p className={styles.nothing} role="status">
            {t('palette.nothing')}
          </p>
        )}
      </div>
    </>
  )
}
