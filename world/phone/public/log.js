import { h, icon } from './dom.js'
import { messageNode } from './message.js'
import { dayOf, t } from './words.js'

/** The scroll of messages. Nodes that did not change stay, so that a playing voice note plays on. */
export function createLog(root) {
  // A region that scrolls must be reachable by keyboard.
  root.tabIndex = 0
  let shown = new Map()
  let chatKey = ''
  const isAtEnd = () => root.scrollHeight - root.scrollTop - root.clientHeight < 80
  let following = true
  root.addEventListener('scroll', () => {
    following = isAtEnd()
  })
  // What stands around the scroll, and its font, come after the first messages: whoever was at the end stays there.
  const stay = () => {
    if (following) root.scrollTop = root.scrollHeight
  }
  new ResizeObserver(stay).observe(root)
  document.fonts.addEventListener('loadingdone', stay)

  /** Album members are shown as one message. */
  const joined = (messages) => {
    const all = []
    for (const message of messages) {
      const last = all.at(-1)
      const together =
        message.albumId && last?.albumId === message.albumId && !last.deleted && !message.deleted
      if (together) {
        all[all.length - 1] = {
          ...last,
          text: last.text || message.text,
          items: [...last.items, ...message.items],
        }
      } else {
        all.push(message)
      }
    }
    return all
  }

  return (chat, deeds) => {
    const key = `${chat.service}/${chat.person}`
    const atEnd = isAtEnd()
    const moved = key !== chatKey
    const before = moved ? new Map() : shown
    chatKey = key
    shown = new Map()
    let day = ''
    const nodes = joined(chat.messages).flatMap((message) => {
      const quoted = chat.messages.find((one) => one.id === message.replyToId)
      const signature = JSON.stringify([message, quoted?.text])
      const known = before.get(message.id)
      const node = known?.signature === signature ? known.node : messageNode(message, quoted, deeds)
      if (!known && !moved) node.classList.add('fresh')
      shown.set(message.id, { signature, node })
      const label = dayOf(message.at)
      if (label === day) return [node]
      day = label
      const head = before.get(label)?.node ?? h('div', { className: 'day' }, label)
      shown.set(label, { node: head })
      return [head, node]
    })
    patch(root, nodes.length > 0 ? nodes : [empty(chat.service)])
    if (atEnd || moved || chat.messages.at(-1)?.from === 'person') root.scrollTop = root.scrollHeight
  }
}

/** Brings the children to this list and moves nothing that stays: a node taken out stops playing and loses focus. */
function patch(root, nodes) {
  const wanted = new Set(nodes)
  for (const child of [...root.children]) if (!wanted.has(child)) child.remove()
  for (const [index, node] of nodes.entries()) {
    if (root.children[index] !== node) root.insertBefore(node, root.children[index] ?? null)
  }
}

const empty = (service) =>
  h(
    'div',
    { className: 'empty' },
    icon(service),
    h('b', {}, t('empty.title')),
    h('span', {}, t(`empty.${service}`)),
  )
