/** What the loader hands to the chat: places to draw in and what the script tag said. */
export interface WidgetHost {
  readonly shadow: ShadowRoot
  readonly launcher: HTMLButtonElement
  readonly badge: HTMLElement
  /** Origin of Otklik: where the script came from. */
  readonly base: string
  readonly account: string
  readonly options: Readonly<Record<string, string | undefined>>
  /** Loads help, which is a script of its own. */
  readonly loadHelp: () => Promise<{ readonly mountHelp: MountHelp }>
}

/** What help shows, and how it leads on. */
export interface HelpProps {
  readonly base: string
  readonly locale: string
  /** The article that is open; null = search. */
  readonly articleKey: string | null
  readonly onArticle: (key: string) => void
  /** Back to the chat, to ask. */
  readonly onAsk: () => void
}

/** Draws help into a place inside the widget's shadow root; `show` draws it anew. */
export type MountHelp = (place: HTMLElement) => {
  readonly show: (props: HelpProps) => void
  readonly end: () => void
}

/** What the chat gives back to the loader. */
export interface WidgetApp {
  /** Shows the window; resolves when it stands. */
  open: () => Promise<void>
}
