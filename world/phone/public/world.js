/** The world behind the page: who there is, what their chats hold, and doing things as them. */
async function call(path, init) {
  const response = await fetch(`/world${path}`, init)
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error ?? String(response.status))
  return answer
}

export const people = () => call('/people')
export const chat = (service, person) => call(`/${service}/chats/${person}`)
export const act = (service, person, what) =>
  call(`/${service}/chats/${person}/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  })

/** Calls back on every change; and with nothing after the connection was lost and found, when all may have changed. */
export function watch(changed) {
  const events = new EventSource('/world/events')
  let lost = false
  events.onmessage = (event) => changed(JSON.parse(event.data))
  events.onerror = () => {
    lost = true
  }
  events.onopen = () => {
    if (lost) changed(undefined)
    lost = false
  }
}
