/** Where a request goes and how it proves where it is from. */
export interface Target {
  readonly path: string
  readonly secret: string
  /** Bytes of text in a message. */
  readonly textBytes: number
}

/** Digits of a message's number; its text begins with them. */
export const NUMBER_DIGITS = 12
/** The first chat's user id: all have the same number of digits. */
export const FIRST_CHAT = 1_000_000

const CHAT = 'CCCCCCC'
const NUMBER = 'N'.repeat(NUMBER_DIGITS)

/**
 * Makes webhook requests of MAX, `message_created`, whole HTTP requests as bytes: cheap, because only a few digits differ
 * between two of them.
 * @returns the request of message `number` in chat `chat` (from 0)
 */
export function createUpdates({ path, secret, textBytes }: Target): (number: number, chat: number) => Buffer {
  const at = Date.now()
  const body = JSON.stringify({
    update_type: 'message_created',
    timestamp: at,
    message: {
      sender: { user_id: CHAT, first_name: 'Анна', is_bot: false },
      recipient: { chat_id: CHAT, chat_type: 'dialog', user_id: 9_000_001 },
      timestamp: at,
      body: { mid: `mid.${NUMBER}`, seq: 1, text: aText(textBytes), attachments: null },
    },
  }).replaceAll(`"${CHAT}"`, CHAT)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: bench',
    'content-type: application/json',
    `x-max-bot-api-secret: ${secret}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  const template = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
  const chats = placesOf(template, CHAT)
  const numbers = placesOf(template, NUMBER)
  return (number, chat) => {
    const request = Buffer.from(template)
    const chatDigits = String(FIRST_CHAT + chat)
    const digits = String(number).padStart(NUMBER_DIGITS, '0')
    for (const place of chats) request.write(chatDigits, place, 'latin1')
    for (const place of numbers) request.write(digits, place, 'latin1')
    return request
  }
}

/** The number of the message, then Russian words up to the size. */
function aText(bytes: number): string {
  const words = 'здравствуйте не работает интернет второй день подряд помогите пожалуйста '
  const room = bytes - NUMBER_DIGITS - 1
  let text = ''
  let used = 0
  for (let n = 0; used + 2 <= room; n++) {
    const letter = words[n % words.length] ?? ' '
    text += letter
    used += Buffer.byteLength(letter)
  }
  return `${NUMBER} ${text}${'.'.repeat(room - used)}`
}

function placesOf(bytes: Buffer, what: string): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + 1)) places.push(at)
  return places
}
