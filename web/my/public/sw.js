// The app without a network: its own files from the cache, what was read last from the cache when the network does not answer.
// Nothing is written from here: what a person wants done is asked for when there is a network again.
const FILES = 'my-files-1'
const DATA = 'my-data-1'
const READS = /^\/api\/v1\/(my\/(home|session)|lines\/[\w-]+(\/services|\/charges\/summary)?)$/
const WAIT_MS = 6000
const AWAY = [502, 503, 504]

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(FILES)
      .then((cache) => cache.add('/my/'))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  const stale = (name) => name.startsWith('my-') && name !== FILES && name !== DATA
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(stale).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (READS.test(url.pathname)) event.respondWith(networkFirst(DATA, request))
  else if (request.mode === 'navigate') event.respondWith(networkFirst(FILES, new Request('/my/')))
  // Names with a hash never change.
  else if (url.pathname.startsWith('/my/assets/')) event.respondWith(cacheFirst(request))
})

async function networkFirst(name, request) {
  const cache = await caches.open(name)
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(WAIT_MS) })
    // On a device that others use too, the server says that nothing is kept (RFC 9111 §5.2.2.5).
    if (answer.headers.get('cache-control') === 'no-store') await cache.delete(request)
    else if (answer.ok) await cache.put(request, answer.clone())
    // Nobody is there behind the door, or for a moment: what was seen last says how old it is.
    if (AWAY.includes(answer.status)) return (await cache.match(request)) ?? answer
    // Signed out: what was kept of the person goes.
    if (answer.status === 401) await caches.delete(DATA)
    return answer
  } catch (error) {
    const kept = await cache.match(request)
    if (kept) return kept
    throw error
  }
}

async function cacheFirst(request) {
  const cache = await caches.open(FILES)
  const kept = await cache.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

// What happened is read in the app: a knock says only in which section.
const CHAT = 'help'
const SECTIONS = new Map([
  ['home', '/my/'],
  ['market', '/my/market'],
  [CHAT, '/my/help/chat'],
])

self.addEventListener('push', (event) => {
  const ru = self.navigator.language.startsWith('ru')
  event.waitUntil(
    self.registration.showNotification(ru ? 'Есть новости' : 'There is news', {
      body: ru ? 'Откройте приложение, чтобы посмотреть.' : 'Open the app to see.',
      icon: '/my/icon.svg',
      tag: 'otklik',
      data: event.data?.text() ?? CHAT,
    }),
  )
})

// The browser has got another address to be knocked at: the old one is dead.
self.addEventListener('pushsubscriptionchange', (event) => {
  const { options } = event.oldSubscription ?? event
  if (options) event.waitUntil(self.registration.pushManager.subscribe(options).then(tellAddress))
})

function tellAddress(subscription) {
  const { endpoint, keys } = subscription.toJSON()
  return fetch('/api/v1/my/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-otklik-app': 'my' },
    body: JSON.stringify({ endpoint, keys }),
  })
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(SECTIONS.get(event.notification.data) ?? SECTIONS.get(CHAT)))
})
