/** Makes an element: properties, `on…` listeners and children; text is always text, never markup. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name in element && !name.startsWith('aria')) element[name] = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false))
  return element
}

/** Strokes of the icons, drawn for this page on a 24 px grid. */
const strokes = {
  max: 'M12 4a8 8 0 1 1-4.2 14.8L4 20l1.2-3.8A8 8 0 0 1 12 4zM8.5 14.5v-5l3.5 3 3.5-3v5',
  telegram: 'M21 4 3 11.2l5.6 2.1L18 7l-7.2 8 6 4.6zM8.6 13.3V19l2.9-3',
  sms: 'M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12h5',
  mail: 'M3.5 6h17v12h-17zM4 6.5l8 6.5 8-6.5',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  attach: 'M12 5v14M5 12h14',
  send: 'M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4',
  mic: 'M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3',
  close: 'M6 6l12 12M18 6 6 18',
  photo: 'M4 6h16v12H4zM4 16l5-5 4 4 2-2 5 4M15.5 9.5v.01',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5',
  place:
    'M12 21s7-6.2 7-11a7 7 0 0 0-14 0c0 4.800 7 11 7 11zM12 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.500 20a7.500 7.500 0 0 1 15 0',
  edit: 'M5 19l1-4L16 5l3 3L9 18zM14 7l3 3',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  stop: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.500 6.500l11 11',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  reply: 'M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.500 6v12',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
}

/** A decorative icon; its button carries the name. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const attributes = {
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': name === 'more' ? '2.6' : '1.7',
  }
  const ends = { 'stroke-linecap': 'round', 'stroke-linejoin': 'round', 'aria-hidden': 'true' }
  for (const [key, value] of Object.entries({ ...attributes, ...ends })) svg.setAttribute(key, value)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', strokes[name])
  svg.append(path)
  return svg
}

/** A button of one icon; its name is read out and shown on hover. */
export const iconButton = (mark, name, onclick, more = {}) =>
  h(
    'button',
    { type: 'button', className: 'icon', title: name, 'aria-label': name, onclick, ...more },
    icon(mark),
  )

/** A menu that closes on choice, on Escape and on a press elsewhere. `entries`: [icon, text, action]. */
export function openMenu(anchor, entries) {
  const close = () => {
    menu.remove()
    document.removeEventListener('pointerdown', outside, true)
    document.removeEventListener('keydown', onEscape)
  }
  const outside = (event) => {
    if (!menu.contains(event.target)) close()
  }
  const onEscape = (event) => {
    if (event.key === 'Escape') close()
  }
  const items = entries.map(([mark, text, action]) => {
    const choose = () => {
      close()
      action()
    }
    return h('button', { type: 'button', role: 'menuitem', onclick: choose }, icon(mark), text)
  })
  const menu = h('div', { className: 'menu', role: 'menu' }, items)
  anchor.append(menu)
  // Near the lower edge it opens upwards.
  if (menu.getBoundingClientRect().bottom > innerHeight - 130) menu.classList.add('up')
  items[0]?.focus()
  document.addEventListener('pointerdown', outside, true)
  document.addEventListener('keydown', onEscape)
}
