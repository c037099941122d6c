/**
 * Runs work while no other tab of the site does work of the same name, where the browser has Web Locks (secure
 * pages); elsewhere at once. It saves double requests; nothing that must be right depends on it.
 */
export const aloneUnder =
  (name: string) =>
  async <T>(work: () => Promise<T>): Promise<T> => {
    const locks: LockManager | undefined = navigator.locks
    return locks ? await locks.request(name, work) : work()
  }
