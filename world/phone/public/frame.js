import { h, icon, iconButton, openMenu } from './dom.js'
import { lang, phoneOf, t } from './words.js'

const byId = (id) => document.getElementById(id)

const count = (number) =>
  number > 0 && h('span', { className: 'count', 'aria-label': `${number} ${t('unread')}` }, String(number))

/** Who writes: a list beside the phone, a select on a small screen. */
export function drawPeople(people, chosen, unread, choose) {
  const row = (person) =>
    h(
      'button',
      {
        type: 'button',
        className: 'person',
        'aria-current': String(person.key === chosen),
        onclick: () => choose(person.key),
      },
      h(
        'span',
        { className: 'face', 'aria-hidden': 'true' },
        `${person.firstName[0]}${person.lastName[0] ?? ''}`,
      ),
      h('span', {}, `${person.firstName} ${person.lastName}`, h('small', {}, phoneOf(person.msisdn))),
      count(unread(person.key)),
    )
  byId('people').setAttribute('aria-label', t('person'))
  byId('people').replaceChildren(...people.map(row))
  const options = people.map((person) => {
    const fresh = unread(person.key)
    const initial = person.lastName === '' ? '' : ` ${person.lastName[0]}.`
    const name = `${person.firstName}${initial} · ${phoneOf(person.msisdn)}${fresh > 0 ? ` (${fresh})` : ''}`
    return h('option', { value: person.key, selected: person.key === chosen }, name)
  })
  const select = h(
    'select',
    { 'aria-label': t('person'), onchange: (event) => choose(event.target.value) },
    options,
  )
  byId('owner').replaceChildren(select, ...settingButtons(true))
}

export function drawDock(services, chosen, unread, choose) {
  const tab = (service) =>
    h(
      'button',
      { type: 'button', 'aria-current': String(service === chosen), onclick: () => choose(service) },
      icon(service),
      t(`service.${service}`),
      count(unread(service)),
    )
  byId('dock').setAttribute('aria-label', t('apps'))
  byId('dock').style.gridTemplateColumns = `repeat(${services.length}, 1fr)`
  byId('dock').replaceChildren(...services.map(tab))
}

/** Head of a chat; its menu holds what is done seldom. */
export function drawBar(chat, run) {
  const suffix = chat.service === 'sms' ? '.sms' : ''
  const start = () => {
    const payload = prompt(t('start.prompt'))
    if (payload !== null) run({ act: 'start', payload: payload || undefined })
  }
  const entries = [
    ...(chat.service === 'sms' ? [] : [['link', t('start.with'), start]]),
    [
      'stop',
      t(`${chat.blocked ? 'unblock' : 'block'}${suffix}`),
      () => run({ act: chat.blocked ? 'unblock' : 'block' }),
    ],
  ]
  const more = iconButton('more', t('more'), () => openMenu(byId('bar'), entries), {
    'aria-haspopup': 'menu',
  })
  const small = chat.typing ? t('typing') : t(`about.${chat.service}`)
  byId('bar-now').replaceChildren(
    ...[
      h('span', { className: 'mark' }, icon(chat.service)),
      h('span', { className: 'who' }, h('strong', {}, t('operator')), h('small', {}, small)),
      chat.service !== 'mail' && more,
    ].filter(Boolean),
  )
  byId('log').classList.toggle('is-mail', chat.service === 'mail')
}

/** A one-time notice lives a few seconds from its moment. */
export function drawNotice(notice) {
  const left = notice ? notice.at + 4000 - Date.now() : 0
  byId('notice').hidden = left <= 0
  if (left <= 0) return
  byId('notice').textContent = notice.text
  setTimeout(() => {
    byId('notice').hidden = true
  }, left)
}

export function drawIntro() {
  document.documentElement.lang = lang
  document.title = t('title')
  byId('title').textContent = t('title')
  byId('about').textContent = t('about')
  byId('settings').replaceChildren(...settingButtons(false))
}

function settingButtons(short) {
  const other = lang === 'ru' ? 'en' : 'ru'
  const language = () => location.assign(`?lang=${other}${location.hash}`)
  const theme = () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches
    const { dataset } = document.documentElement
    dataset.theme = (dataset.theme ?? (dark ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark'
  }
  return [
    h(
      'button',
      {
        type: 'button',
        onclick: language,
        'aria-label': short ? `${other.toUpperCase()} ${t('lang')}` : t('lang'),
      },
      short ? other.toUpperCase() : t('lang'),
    ),
    h(
      'button',
      { type: 'button', onclick: theme, 'aria-label': t('theme') },
      short ? icon('theme') : t('theme'),
    ),
  ]
}
