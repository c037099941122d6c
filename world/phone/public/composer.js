import { h, iconButton, openMenu } from './dom.js'
import { keys } from './message.js'
import { recordVoice } from './recorder.js'
import { samplePhoto, sampleVoice, toSent } from './samples.js'
import { t } from './words.js'

/** The foot of a chat: what the person can do next. Kept while the same chat stays open, so that a draft survives. */
export function createComposer(root, perform) {
  let current = ''
  let focus = { replyTo: undefined, editing: undefined }
  let files = []
  const text = h('textarea', { rows: 1, oninput: () => toggleSend(), onkeydown: onKey })
  const subject = h('input', { name: 'subject' })
  const chips = h('div', { className: 'chips', hidden: true })
  const error = h('p', { className: 'error', role: 'alert', hidden: true })
  const picker = h('input', { type: 'file', multiple: true, hidden: true })
  const sendButton = iconButton('send', t('send'), () => submit(), { className: 'icon send' })
  const micButton = iconButton('mic', t('voice'), () => speak())
  let chat

  const run = async (act) => {
    error.hidden = true
    try {
      await perform(chat, act)
      return true
    } catch {
      error.textContent = t('failed')
      error.hidden = false
      return false
    }
  }

  function onKey(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || chat.service === 'mail') return
    event.preventDefault()
    void submit()
  }

  function toggleSend() {
    const speaks = chat?.service === 'max' || chat?.service === 'telegram'
    micButton.hidden = !speaks || text.value.trim() !== ''
    sendButton.hidden = !micButton.hidden
  }

  async function submit() {
    const written = text.value.trim()
    if (written === '' && files.length === 0) return
    const { editing, replyTo } = focus
    const mail = { act: 'mail', subject: subject.value.trim() || '(…)', text: written, replyTo, files }
    const act = editing
      ? { act: 'edit', messageId: editing, text: written }
      : chat.service === 'mail'
        ? mail
        : { act: 'text', text: written, replyTo }
    if (!(await run(act))) return
    text.value = ''
    subject.value = ''
    files = []
    focus = { replyTo: undefined, editing: undefined }
    draw()
  }

  async function speak() {
    const file = await recordVoice(root)
    draw()
    if (file) await run({ act: 'media', kind: 'voice', files: [file] })
  }

  /** Files from the device: photos go as photos, anything else as documents; a mail collects them. */
  const pick = (accept) => {
    picker.accept = accept
    picker.onchange = async () => {
      const chosen = await Promise.all([...picker.files].slice(0, 10).map((file) => toSent(file, file.name)))
      picker.value = ''
      if (chosen.length > 0) await attach(accept === '' ? 'document' : 'photo', chosen)
    }
    picker.click()
  }

  const attach = async (kind, chosen) => {
    if (chat.service !== 'mail') {
      const done = await run({ act: 'media', kind, files: chosen, text: text.value.trim() || undefined })
      if (done) text.value = ''
    } else {
      files = [...files, ...chosen].slice(0, 10)
    }
    draw()
  }

  const attachments = () => {
    const sample = async (hues) =>
      attach('photo', await Promise.all(hues.map((hue) => samplePhoto(t('sample'), hue))))
    const device = [
      ['photo', t('attach.photo'), () => pick('image/*')],
      ['file', t('attach.file'), () => pick('')],
      ['photo', t('attach.sample'), () => void sample([172])],
    ]
    if (chat.service === 'mail') return device
    return [
      ...device,
      ['photo', t('attach.album'), () => void sample([172, 32, 262])],
      [
        'mic',
        t('attach.voice'),
        async () => run({ act: 'media', kind: 'voice', files: [await sampleVoice()] }),
      ],
      [
        'place',
        t('attach.location'),
        () => void run({ act: 'location', latitude: 59.9386, longitude: 30.3141 }),
      ],
      ['person', t('attach.contact'), () => void run({ act: 'contact', whose: 'own' })],
      ['person', t('attach.other'), () => void run({ act: 'contact', whose: 'other' })],
    ]
  }

  const bigButton = (name, act) =>
    h('button', { type: 'button', className: 'wide', onclick: () => void run(act) }, t(name))

  function focusBar() {
    if (!focus.editing && !focus.replyTo) return undefined
    const drop = () => {
      focus = { replyTo: undefined, editing: undefined }
      text.value = ''
      draw()
    }
    const cancel = iconButton('close', t('cancel'), drop)
    return h('div', { className: 'editing' }, t(focus.editing ? 'edit.now' : 'reply.now'), cancel)
  }

  function draw() {
    const suffix = chat.service === 'sms' ? '.sms' : ''
    if (chat.blocked) {
      root.replaceChildren(
        h('p', { className: 'hint' }, t(`blocked${suffix}`)),
        bigButton(`unblock${suffix}`, { act: 'unblock' }),
        error,
      )
      return
    }
    if (!chat.started) {
      const payload = new URLSearchParams(location.hash.split('?')[1] ?? '').get('start') ?? undefined
      root.replaceChildren(bigButton('start', { act: 'start', payload }), error)
      return
    }
    const mail = chat.service === 'mail'
    text.placeholder = t(mail ? 'write.mail' : 'write')
    text.setAttribute('aria-label', text.placeholder)
    subject.placeholder = t('subject')
    subject.setAttribute('aria-label', t('subject'))
    const plus = iconButton('attach', t('attach'), () => openMenu(root, attachments()), {
      'aria-haspopup': 'menu',
    })
    chips.replaceChildren(...files.map((file) => h('span', {}, file.name)))
    chips.hidden = files.length === 0
    const head = mail && !focus.replyTo ? h('div', { className: 'mailform' }, subject) : undefined
    const row = h(
      'div',
      { className: 'compose' },
      chat.service !== 'sms' && plus,
      text,
      micButton,
      sendButton,
    )
    const keyboard =
      chat.keyboard.length > 0
        ? keys(
            chat.keyboard,
            'keyboard',
            (messageId, r, column) => void run({ act: 'press', messageId, row: r, column }),
          )
        : undefined
    root.replaceChildren(...[error, keyboard, focusBar(), head, chips, row, picker].filter(Boolean))
    toggleSend()
  }

  return {
    show(next) {
      const key = `${next.service}/${next.person}`
      const state = JSON.stringify([next.started, next.blocked, next.keyboard])
      const same = key === current.key
      chat = next
      if (same && state === current.state) return
      if (!same) {
        text.value = ''
        files = []
        focus = { replyTo: undefined, editing: undefined }
        error.hidden = true
      }
      current = { key, state }
      draw()
    },
    reply(messageId) {
      focus = { replyTo: messageId, editing: undefined }
      draw()
      text.focus()
    },
    edit(message) {
      focus = { replyTo: undefined, editing: message.id }
      text.value = message.text
      draw()
      text.focus()
    },
    run,
  }
}
