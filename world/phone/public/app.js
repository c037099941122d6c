import { createComposer } from './composer.js'
import { drawBar, drawDock, drawIntro, drawNotice, drawPeople } from './frame.js'
import { createLog } from './log.js'
import { t } from './words.js'
import * as world from './world.js'

/** The page: one person, one app, their chat; the address keeps both (`#anna/max?start=…`). */
const { people, services } = await world.people()
const chats = new Map()
const seen = new Map()
const keyOf = (service, person) => `${service}/${person}`

function chosen() {
  const [person, service] = location.hash.slice(1).split('?')[0].split('/')
  return {
    person: people.some((one) => one.key === person) ? person : people[0].key,
    service: services.includes(service) ? service : services[0],
  }
}
const choose = (person, service) => {
  location.hash = `${person}/${service}`
}

const fromOperator = (key) => chats.get(key)?.messages.filter((one) => one.from === 'operator').length ?? 0
const unreadOf = (service, person) => {
  const key = keyOf(service, person)
  return fromOperator(key) - (seen.get(key) ?? 0)
}

const composer = createComposer(document.getElementById('foot'), async (chat, act) => {
  await world.act(chat.service, chat.person, act)
  await refresh(chat.service, chat.person)
})
const drawLog = createLog(document.getElementById('log'))
const run = (act) => void composer.run(act)

/** What can be done with a message, by service. */
const deeds = {
  press: (messageId, row, column) => run({ act: 'press', messageId, row, column }),
  entries: (message, mine) => {
    const { service } = chosen()
    if (service === 'sms') return []
    const reply = ['reply', t('reply'), () => composer.reply(message.id)]
    if (service === 'mail') return mine ? [] : [reply]
    if (!mine) return [reply]
    return [
      reply,
      ...(message.text === '' ? [] : [['edit', t('edit'), () => composer.edit(message)]]),
      ['trash', t('delete'), () => run({ act: 'delete', messageId: message.id })],
    ]
  },
}

function draw() {
  const { person, service } = chosen()
  const key = keyOf(service, person)
  const chat = chats.get(key)
  seen.set(key, fromOperator(key))
  drawPeople(
    people,
    person,
    (one) => services.reduce((sum, app) => sum + unreadOf(app, one), 0),
    (one) => choose(one, service),
  )
  drawDock(
    services,
    service,
    (app) => unreadOf(app, person),
    (app) => choose(person, app),
  )
  if (!chat) return
  drawBar(chat, run)
  drawNotice(chat.notice)
  drawLog(chat, deeds)
  composer.show(chat)
}

async function refresh(service, person) {
  chats.set(keyOf(service, person), await world.chat(service, person))
  draw()
}

/** Looks at everybody's phone; what was there before the page opened counts as read. */
async function refreshAll(first) {
  const all = people.flatMap((person) => services.map((service) => [service, person.key]))
  const views = await Promise.all(all.map(([service, person]) => world.chat(service, person)))
  for (const view of views) {
    const key = keyOf(view.service, view.person)
    chats.set(key, view)
    if (first) seen.set(key, fromOperator(key))
  }
  draw()
}

drawIntro()
addEventListener('hashchange', draw)
await refreshAll(true)
world.watch((change) => void (change ? refresh(change.service, change.person) : refreshAll(false)))
// "Is typing" ends by itself.
setInterval(() => {
  const { person, service } = chosen()
  if (chats.get(keyOf(service, person))?.typing) void refresh(service, person)
}, 2000)
