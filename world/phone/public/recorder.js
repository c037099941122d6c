import { h, iconButton } from './dom.js'
import { record, sampleVoice } from './samples.js'
import { t } from './words.js'

/**
 * Records a voice note in place of the input line. Resolves to the file, or to nothing if it was dropped; without a
 * microphone to a sample at once.
 */
export async function recordVoice(root) {
  let stop
  try {
    stop = await record()
  } catch {
    return sampleVoice()
  }
  const began = Date.now()
  const clock = h('div', { className: 'recording' }, '0:00')
  const tick = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000)
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }, 250)
  const send = await new Promise((decide) => {
    const drop = iconButton('close', t('cancel'), () => decide(false))
    const keep = iconButton('send', t('voice.stop'), () => decide(true))
    root.replaceChildren(h('div', { className: 'compose' }, drop, clock, keep))
  })
  clearInterval(tick)
  const file = await stop()
  return send ? file : undefined
}
