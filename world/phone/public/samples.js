/** Files to send when there is none at hand, made on the spot. */
const base64 = (blob) =>
  new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(blob)
  })

/** A file as the world takes it. */
export const toSent = async (blob, name) => ({
  name,
  type: (blob.type || 'application/octet-stream').split(';')[0],
  base64: await base64(blob),
})

/** A picture of a phone's screen with something gone wrong on it. */
export async function samplePhoto(caption, hue = 172) {
  const canvas = Object.assign(document.createElement('canvas'), { width: 720, height: 960 })
  const pen = canvas.getContext('2d')
  pen.fillStyle = `hsl(${hue} 24% 92%)`
  pen.fillRect(0, 0, 720, 960)
  pen.fillStyle = '#fff'
  pen.beginPath()
  pen.roundRect(70, 90, 580, 780, 44)
  pen.fill()
  pen.fillStyle = `hsl(${hue} 60% 28%)`
  pen.beginPath()
  pen.arc(360, 370, 96, 0, Math.PI * 2)
  pen.fill()
  pen.fillStyle = '#fff'
  pen.font = '600 120px system-ui'
  pen.textAlign = 'center'
  pen.fillText('!', 360, 414)
  pen.fillStyle = '#24211d'
  pen.font = '500 34px system-ui'
  for (const [index, line] of linesOf(caption, 26).entries()) pen.fillText(line, 360, 560 + index * 48)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.86))
  return toSent(blob, 'screen.jpg')
}

function linesOf(text, width) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (longer.length > width) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** Two seconds of a soft hum that rises like a question: WAV, 8 kHz, 16 bit, mono. */
export function sampleVoice() {
  const rate = 8000
  const samples = rate * 2
  const view = new DataView(new ArrayBuffer(44 + samples * 2))
  const word = (at, text) => {
    for (const [index, letter] of [...text].entries()) view.setUint8(at + index, letter.charCodeAt(0))
  }
  word(0, 'RIFF')
  view.setUint32(4, 36 + samples * 2, true)
  word(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * 2, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  word(36, 'data')
  view.setUint32(40, samples * 2, true)
  for (let index = 0; index < samples; index += 1) {
    const at = index / rate
    const envelope = Math.sin((Math.PI * index) / samples) * (0.6 + 0.4 * Math.sin(at * 22))
    view.setInt16(44 + index * 2, Math.sin(2 * Math.PI * (130 + at * 35) * at) * envelope * 9000, true)
  }
  return toSent(new Blob([view], { type: 'audio/wav' }), 'voice.wav')
}

/** Records from the microphone. Resolves to what stops it and gives the file; rejects if there is no microphone. */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const recorder = new MediaRecorder(stream)
  const chunks = []
  recorder.ondataavailable = (event) => chunks.push(event.data)
  recorder.start()
  return () =>
    new Promise((resolve) => {
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop()
        const extension = recorder.mimeType.includes('ogg')
          ? 'ogg'
          : recorder.mimeType.includes('mp4')
            ? 'm4a'
            : 'webm'
        resolve(toSent(new Blob(chunks, { type: recorder.mimeType }), `voice.${extension}`))
      }
      recorder.stop()
    })
}
