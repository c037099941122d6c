import { h, icon, openMenu } from './dom.js'
import { voicePlayer } from './voice.js'
import { phoneOf, sizeOf, t, timeOf } from './words.js'

/** One message with all that belongs to it. `deeds`: what can be done with it. */
export function messageNode(message, quoted, deeds) {
  const mine = message.from === 'person'
  const bubble = h(
    'div',
    { className: 'bubble' },
    message.deleted ? gone() : contents(message, quoted),
    meta(message, mine, deeds),
  )
  const node = h('article', { className: mine ? 'msg mine' : 'msg' }, bubble)
  if (message.buttons.length > 0) node.append(keys(message.buttons, message.id, deeds.press))
  return node
}

const gone = () => h('span', { className: 'gone' }, t('deleted'))

function contents(message, quoted) {
  const photos = message.items.filter((item) => item.kind === 'photo')
  const others = message.items.filter((item) => item.kind !== 'photo')
  const text = message.text !== '' && h('span', {}, message.text)
  // A mail is read before its attachments are opened; in a chat the caption stands under the picture.
  const isMail = message.subject !== undefined
  return [
    message.subject && h('span', { className: 'subject' }, message.subject),
    quoted && !isMail && h('span', { className: 'quote' }, quoted.text || '…'),
    isMail && text,
    photos.length > 0 && h('div', { className: 'photos' }, photos.map(photo)),
    ...others.map(item),
    !isMail && text,
  ].filter(Boolean)
}

const photo = ({ url, name }) =>
  h('a', { href: url, target: '_blank', rel: 'noopener' }, h('img', { src: url, alt: name, loading: 'lazy' }))

function item(one) {
  switch (one.kind) {
    case 'voice':
      return voicePlayer(one.url)
    case 'video':
      return h('video', { src: one.url, controls: true, preload: 'metadata' })
    case 'location':
      return fileLike('place', t('location'), `${one.latitude.toFixed(4)}, ${one.longitude.toFixed(4)}`)
    case 'contact':
      return fileLike('person', one.name, phoneOf(one.phone))
    default:
      return fileLike('file', one.name, sizeOf(one.size), one.url)
  }
}

function fileLike(mark, name, small, url) {
  const tag = url ? 'a' : 'div'
  return h(
    tag,
    { className: 'file', href: url, download: url ? name : undefined },
    icon(mark),
    h('span', {}, name),
    h('small', {}, small),
  )
}

function meta(message, mine, deeds) {
  const words = [message.edited && t('edited'), timeOf(message.at)].filter(Boolean).join(' · ')
  const entries = message.deleted ? [] : deeds.entries(message, mine)
  const more =
    entries.length > 0 &&
    h(
      'button',
      {
        type: 'button',
        title: t('more'),
        'aria-label': t('more'),
        onclick: (event) => openMenu(event.currentTarget.closest('.msg'), entries),
      },
      icon('more'),
    )
  return h('span', { className: 'meta' }, words, more)
}

/** Rows of buttons, under a message or under the input line. */
export function keys(rows, messageId, press) {
  const one = (button, row, column) =>
    button.url
      ? h('a', { href: button.url, target: '_blank', rel: 'noopener' }, button.text)
      : h('button', { type: 'button', onclick: () => press(messageId, row, column) }, button.text)
  return h(
    'div',
    { className: 'keys' },
    rows.map((buttons, row) =>
      h(
        'div',
        {},
        buttons.map((button, column) => one(button, row, column)),
      ),
    ),
  )
}
