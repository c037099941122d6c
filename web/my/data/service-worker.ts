/** Lets the app open without a network, with what was last seen. Browsers without service workers do without. */
export function startServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/my/sw.js', { scope: '/my/' }).catch(() => undefined)
}

/** What was kept of a person for times without a network goes with their session. */
export async function forgetOffline(): Promise<void> {
  if (!('caches' in window)) return
  for (const name of await caches.keys()) {
    if (name.startsWith('my-data')) await caches.delete(name)
  }
}
