/** Calls back when the network is back or the visitor comes back to the page: what waits may go on at once. */
export const onReturn = (goOn: () => void, signal: AbortSignal): void => {
  const hear = () => {
    if (!document.hidden) goOn()
  }
  window.addEventListener('online', hear, { signal })
  window.addEventListener('pageshow', hear, { signal })
  document.addEventListener('visibilitychange', hear, { signal })
}
