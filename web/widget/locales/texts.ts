/** A text that bends with a number: forms by CLDR plural category, `{n}` stands for the number. */
export type Plural = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

/** Everything that the widget says in one language. */
export interface Texts {
  readonly locale: string
  readonly dialog: string
  readonly log: string
  readonly open: string
  readonly openUnread: Plural
  readonly close: string
  readonly help: string
  readonly toHelp: string
  readonly toChat: string
  readonly toChatUnread: Plural
  readonly loadingHelp: string
  readonly helpOffline: string
  readonly message: string
  readonly placeholder: string
  readonly send: string
  readonly attach: string
  readonly drop: string
  readonly quickReplies: string
  readonly charactersLeft: Plural
  readonly charactersOver: Plural
  readonly today: string
  readonly yesterday: string
  readonly visitor: string
  readonly sending: string
  readonly waiting: string
  readonly sent: string
  readonly read: string
  readonly edited: string
  readonly deleted: string
  readonly failed: string
  readonly retry: string
  readonly typing: string
  readonly typingNamed: string
  readonly newMessages: string
  readonly loading: string
  readonly connecting: string
  readonly image: string
  readonly download: string
  readonly fileGone: string
  readonly fileFailed: string
  readonly filePending: string
  readonly attachment: Plural
  readonly uploading: string
  readonly remove: string
  readonly bytes: readonly [string, string, string]
  /** Why something was refused and what happens next, by error code; `otherwise` for codes without words of their own. */
  readonly refusals: Readonly<Record<string, string>> & { readonly otherwise: string }
  readonly outboxFull: Plural
  readonly tooManyFiles: Plural
}
