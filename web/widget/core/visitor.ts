import type { Answer } from './api.ts'
import type { Shelf } from './storage.ts'

export interface VisitorDeps {
  readonly shelf: Shelf
  readonly key: string
  readonly start: () => Promise<Answer<{ visitorId: string; token: string }>>
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** Who we are to the server: an opaque token, one for all tabs of the site, made when there is something to say. */
export interface Visitor {
  token: () => string | undefined
  /** The token, started now if there is none. */
  ensure: () => Promise<Answer<string>>
  /** The server does not know this token any more. */
  forget: (token: string) => void
}

export const createVisitor = ({ shelf, key, start, alone }: VisitorDeps): Visitor => {
  const known = (): Answer<string> | undefined => {
    const token = shelf.get(key)
    return token ? { ok: true, value: token } : undefined
  }
  const begin = async (): Promise<Answer<string>> => {
    const before = known()
    if (before) return before
    const started = await start()
    if (!started.ok) return started
    // Without locks another tab may have been faster: both must be one visitor.
    const meanwhile = known()
    if (meanwhile) return meanwhile
    shelf.set(key, started.value.token)
    return { ok: true, value: started.value.token }
  }
  return {
    token: () => shelf.get(key),
    ensure: async () => known() ?? alone(begin),
    forget: (token) => {
      if (shelf.get(key) === token) shelf.remove(key)
    },
  }
}
