import { h, icon } from './dom.js'
import { t } from './words.js'

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** A voice note: one button, how far it played, how long. Recordings of browsers tell their length only at the end. */
export function voicePlayer(url) {
  const audio = new Audio(url)
  audio.preload = 'metadata'
  const bar = h('progress', { max: 1, value: 0, 'aria-hidden': 'true' })
  const time = h('span', { className: 'meta' }, '0:00')
  const toggle = () => (audio.paused ? audio.play() : audio.pause())
  const button = h(
    'button',
    { type: 'button', className: 'play', 'aria-label': t('play'), onclick: toggle },
    icon('play'),
  )
  const show = () => {
    const known = Number.isFinite(audio.duration)
    bar.value = known && audio.duration > 0 ? audio.currentTime / audio.duration : 0
    time.textContent = clock(audio.currentTime > 0 || !known ? audio.currentTime : audio.duration)
  }
  const mark = () => button.replaceChildren(icon(audio.paused ? 'play' : 'pause'))
  for (const event of ['loadedmetadata', 'timeupdate', 'ended']) audio.addEventListener(event, show)
  for (const event of ['play', 'pause', 'ended']) audio.addEventListener(event, mark)
  return h('div', { className: 'voice' }, button, bar, time)
}
