/** What the loader hands to the chat: places to draw in and what the script tag said. */
export interface WidgetHost {
  readonly shadow: ShadowRoot
  readonly launcher: HTMLButtonElement
  readonly badge: HTMLElement
  /** Origin of Otklik: where the script came from. */
  readonly base: string
  readonly account: string
  readonly options: Readonly<Record<string, string | undefined>>
}

/** What the chat gives back to the loader. */
export interface WidgetApp {
  /** Shows the window; resolves when it stands. */
  open: () => Promise<void>
}
