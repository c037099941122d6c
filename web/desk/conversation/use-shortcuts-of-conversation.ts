import type { Conversation } from '../../../contracts/conversations.ts'
import { claim } from '../actions/act.ts'
import { openDialog } from '../actions/open-dialog.ts'
import { focusComposer } from '../composer/focus.ts'
import { goOn } from '../inbox/go-on.ts'
import { toggleHelp } from '../knowledge/open-help.ts'
import { useShortcuts } from '../palette/use-shortcuts.ts'

/** Keys that act on the open conversation. */
export function useShortcutsOfConversation(conversation: Conversation | undefined): void {
  const id = conversation?.id ?? ''
  useShortcuts(
    conversation
      ? {
          R: () => focusComposer('reply'),
          N: () => focusComposer('note'),
          H: toggleHelp,
          C: () => void claim(id),
          E: () => openDialog('resolve'),
          S: () => openDialog('snooze'),
          A: () => openDialog('assign'),
          BracketRight: goOn,
        }
      : { BracketRight: goOn },
  )
}
