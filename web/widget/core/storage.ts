/** The few strings that outlive a page view. Never throws: where the browser forbids storage, memory serves. */
export interface Shelf {
  get: (key: string) => string | undefined
  set: (key: string, value: string) => void
  remove: (key: string) => void
  /** Keys that begin with `prefix`, sorted. */
  keys: (prefix: string) => string[]
  /** Calls back with the key that another tab of the site has changed; null = all of them. */
  onForeignChange: (listener: (key: string | null) => void) => () => void
}

/** A shelf that lasts as long as the page. */
export const memoryShelf = (): Shelf => {
  const values = new Map<string, string>()
  return {
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort(),
    onForeignChange: () => () => undefined,
  }
}

/**
 * The site's localStorage. What does not fit or is forbidden is kept in memory for this page view.
 * @returns a shelf; reading `localStorage` itself may already throw (blocked cookies, sandboxed frames)
 */
export const browserShelf = (): Shelf => {
  let local: Storage
  try {
    local = window.localStorage
    local.getItem('')
  } catch {
    return memoryShelf()
  }
  const spill = memoryShelf()
  return {
    get: (key) => spill.get(key) ?? local.getItem(key) ?? undefined,
    set: (key, value) => {
      try {
        local.setItem(key, value)
        spill.remove(key)
      } catch {
        spill.set(key, value)
      }
    },
    remove: (key) => {
      spill.remove(key)
      local.removeItem(key)
    },
    keys: (prefix) =>
      [
        ...new Set([...spill.keys(prefix), ...Object.keys(local).filter((key) => key.startsWith(prefix))]),
      ].sort(),
    onForeignChange: (listener) => {
      const hear = (event: StorageEvent) => {
        if (event.storageArea === local) listener(event.key)
      }
      window.addEventListener('storage', hear)
      return () => window.removeEventListener('storage', hear)
    },
  }
}
