import { Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { macros as contract } from '../../../contracts/knowledge.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { macrosQuery } from '../data/knowledge.ts'
import { useMe } from '../session/use-me.ts'
import styles from './composer.module.css'
import { fillMacro } from './fill-macro.ts'

const MOST_SHOWN = 8

/** Prepared answers offered while the text starts with `/`; what follows it narrows them. */
export function useMacroMenu(conversation: Conversation, text: string, insert: (text: string) => void) {
  const { me } = useMe()
  const [at, setAt] = useState(0)
  const asks = /^\/[^\n]*$/.test(text)
  const all = useQuery({ ...macrosQuery, enabled: asks }).data ?? []
  const needle = text.slice(1).trim().toLocaleLowerCase()
  const found = asks
    ? all
        .filter(({ title, text: body }) => `${title} ${body}`.toLocaleLowerCase().includes(needle))
        .slice(0, MOST_SHOWN)
    : []
  const chosen = Math.min(at, found.length - 1)

  function pick(index: number): void {
    const macro = found[index]
    if (!macro) return
    setAt(0)
    insert(
      fillMacro(macro.text, {
        name: conversation.person.known ? conversation.person.name : '',
        agent: me?.member.name ?? '',
        number: String(conversation.number),
      }),
    )
    void call(contract.countMacroUse, { params: { id: macro.id } }).catch(() => undefined)
  }

  function onKey(event: KeyboardEvent): boolean {
    if (found.length === 0) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) setAt((chosen + step + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen)
    else if (event.key === 'Escape') insert('')
    else return false
    event.preventDefault()
    return true
  }
  return { found, chosen, pick, onKey, asks }
}

export function MacroMenu({
  menu,
  children,
}: {
  menu: ReturnType<typeof useMacroMenu>
  children: ReactNode
}) {
  const { t } = useWords()
  return (
    <Popover
      opened={menu.asks && menu.found.length > 0}
      position="top-start"
      width={420}
      trapFocus={false}
      returnFocus={false}
      withRoles={false}
    >
      <Popover.Target>
        <div>{children}</div>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <div role="listbox" aria-label={t('composer.macros')} className={styles.macros}>
          {menu.found.map((macro, index) => (
            <button
              type="button"
              role="option"
              key={macro.id}
              aria-selected={index === menu.chosen}
              className={styles.macro}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => menu.pick(index)}
            >
              {macro.title}
              <span className={styles.macroText}>{macro.text}</span>
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
