import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Chat } from '../core/index.ts'
import type { WidgetHost } from '../loader/host.ts'
import type { Texts } from '../locales/index.ts'

/** What every part of the panel needs: the words and the chat. */
export interface Surroundings {
  readonly texts: Texts
  readonly chat: Chat
  /** Origin of Otklik, without a slash at the end. */
  readonly base: string
  readonly loadHelp: WidgetHost['loadHelp']
  /** Opens a help article over the chat. */
  readonly openArticle: (key: string) => void
  /** Takes the focus when the button that had it is about to vanish. */
  readonly focusHome: () => void
}

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined)

/** @throws when used outside of the panel, which is a defect */
export const useSurroundings = (): Surroundings => {
  const surroundings = useContext(SurroundingsContext)
  if (!surroundings) throw new Error('used outside of the panel')
  return surroundings
}
