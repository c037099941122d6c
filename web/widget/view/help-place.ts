/** Where in help the reader is; null beside it = in the chat. */
export interface HelpPlace {
  /** The open article; null = search. */
  readonly key: string | null
  /** It was opened by a link in the conversation: the way back leads there. */
  readonly fromChat: boolean
}
