/** Who acts, as the audit keeps it. `system` is the house itself: a command, a rule, a timer. */
export type Author =
  | { readonly kind: 'agent' | 'service'; readonly id: string; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'visitor' | 'anonymous' }

export interface AuthorColumns {
  readonly kind: 'agent' | 'service' | 'system'
  readonly id: string | null
  readonly name: string
}

/** The author as columns; a visitor or nobody acts as the system's guest, without an id. */
export function columnsOf(author: Author): AuthorColumns {
  if (author.kind === 'agent' || author.kind === 'service')
    return { kind: author.kind, id: author.id, name: author.name }
  return { kind: 'system', id: null, name: author.kind === 'system' ? author.name : author.kind }
}
