import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { eventually } from '../factories/eventually.ts'
import type { Guest, SentFile, Traits } from './door.ts'
import {
  countUnfiled,
  PATIENCE_MS,
  type Scene,
  type Stored,
  type StoredFile,
  storedOf,
  textsOf,
} from './installation.ts'

// What PostgreSQL holds neither as text nor in JSON. Doors differ in how much of it reaches us; the letters always do.
const ODD = 'а\u0000б\ud800в'
const lettersOf = (text: string | undefined) => [...(text ?? '')].filter((one) => /[а-я]/.test(one)).join('')
const MEGABYTE = 1024 * 1024

/**
 * What every channel may rely on, whatever it tells and however often.
 * @param scene the door of a running installation; every case brings people of its own
 */
export function inboundCases(traits: Traits, scene: () => Scene): void {
  const newcomer = () => scene().door.newcomer()

  test('what is told thrice is stored once', async () => {
    const guest = await newcomer()
    const news = guest.says('раз')
    for (let times = 0; times < 3; times++) expect(await news.tell()).toBe(200)
    expect(await textsOf(scene(), guest)).toEqual(['раз'])
  })

  test('what is told twice at once is stored once', async () => {
    const guest = await newcomer()
    const news = guest.says('раз')
    await Promise.all([news.tell(), news.tell()])
    expect(await textsOf(scene(), guest)).toEqual(['раз'])
  })

  test('what is told again because our answer got lost is stored once', async () => {
    const guest = await newcomer()
    const news = guest.says('раз')
    await news.tellAndHangUp()
    expect(await news.tell()).toBe(200)
    expect(await textsOf(scene(), guest)).toEqual(['раз'])
  })

  test('what comes out of the channel’s order stands in the order of its coming', async () => {
    const guest = await newcomer()
    const [first, second, third] = [guest.says('1'), guest.says('2'), guest.says('3')]
    for (const news of [third, first, second]) await news.tell()
    expect(await textsOf(scene(), guest)).toEqual(['3', '1', '2'])
  })

  test('a burst is stored whole', async () => {
    const guest = await newcomer()
    const numbers = Array.from({ length: traits.burst }, (_, index) => index + 1)
    await scene().door.tellAll(numbers.map((n) => guest.says(String(n))))
    const stored = (await textsOf(scene(), guest)).map(Number)
    expect(stored.sort((one, other) => one - other)).toEqual(numbers)
  })

  test('a text as long as the door takes is stored whole', async () => {
    const guest = await newcomer()
    expect(await guest.says('щ'.repeat(traits.longest)).tell()).toBe(200)
    const [text] = await textsOf(scene(), guest)
    expect(text).toHaveLength(traits.longest)
  })

  // A web chat tells us in words that NUL is no text.
  const odd = traits.kind === 'web-chat' ? ODD.replaceAll('\u0000', '') : ODD
  test('NUL and half a character are stored in a text', async () => {
    const guest = await newcomer()
    expect(await guest.says(odd).tell()).toBe(200)
    const [text] = await textsOf(scene(), guest)
    expect(lettersOf(text)).toBe('абв')
  })

  if (traits.edits)
    test('NUL and half a character are stored in an edit', async () => {
      const guest = await newcomer()
      const said = guest.says('сперва так')
      await said.tell()
      expect(await guest.edits?.(said, ODD).tell()).toBe(200)
      const [message, edit] = await storedOf(scene(), guest)
      expect(edit).toMatchObject({ kind: 'edit', supersedes: message?.seq })
      expect(lettersOf(edit?.text)).toBe('абв')
    })

  if (traits.edits)
    test('an edit that comes before its message is stored late, once that is there', async () => {
      const guest = await newcomer()
      const said = guest.says('сперва так')
      const edit = guest.edits?.(said, 'потом иначе')
      expect(await edit?.tell()).toBe(200)
      await said.tell()
      const stored = await eventually(async () => {
        const found = await storedOf(scene(), guest)
        return found.some((entry) => entry.kind === 'edit') && found
      }, PATIENCE_MS)
      expect(stored.filter((entry) => entry.kind === 'edit')).toMatchObject([{ text: 'потом иначе' }])
    })

  if (traits.files) fileCases(traits, scene, odd)

  if (traits.kind !== 'web-chat')
    test('what nobody can read is kept as unfiled and holds nothing up', async () => {
      const before = await countUnfiled(scene())
      const times = (await scene().door.tellNonsense?.()) ?? 0
      const guest = await newcomer()
      await guest.says('раз').tell()
      expect(await textsOf(scene(), guest)).toEqual(['раз'])
      await eventually(async () => (await countUnfiled(scene())) === before + times, PATIENCE_MS)
    })

  if (traits.webhook) webhookCases(scene)
}

function webhookCases(scene: () => Scene): void {
  test('an update of an unknown kind is taken with 200 and leaves nothing', async () => {
    const before = await countUnfiled(scene())
    const { webhook } = scene().door
    expect(await webhook?.post(webhook.unknown)).toBe(200)
    expect(await countUnfiled(scene())).toBe(before)
  })

  test('what does not prove where it comes from is refused with 401', async () => {
    const { webhook } = scene().door
    expect(await webhook?.post(Buffer.from('{}'), true)).toBe(401)
  })

  test('a text of ten megabytes is refused with 413, and the next one is taken', async () => {
    const guest = await scene().door.newcomer()
    expect(await guest.says('щ'.repeat(5 * MEGABYTE)).tell()).toBe(413)
    expect(await guest.says('покороче').tell()).toBe(200)
    expect(await textsOf(scene(), guest)).toEqual(['покороче'])
  })
}

function fileCases(traits: Traits, scene: () => Scene, odd: string): void {
  /** Sends a file with words; gives the message once the file is no longer on its way. */
  const sent = async (guest: Guest, file: Partial<SentFile>, words: string): Promise<Stored> => {
    const whole = { name: 'файл.bin', type: 'application/octet-stream', bytes: Buffer.from('bytes'), ...file }
    await guest.sends?.(whole, words)
    return eventually(async () => {
      const message = (await storedOf(scene(), guest)).find((entry) => entry.files.length > 0)
      return message?.files.every((one) => one.state !== 'pending') && message
    }, PATIENCE_MS)
  }
  const fileOf = ({ files }: Stored) => files[0] as StoredFile

  test('a file comes with its words', async () => {
    const guest = await scene().door.newcomer()
    const message = await sent(guest, { name: 'счёт.txt', bytes: Buffer.from('три рубля') }, 'вот счёт')
    expect(message.text).toBe('вот счёт')
    expect(fileOf(message)).toMatchObject({ name: 'счёт.txt', state: 'ready', bytes: 17 })
  })

  test('NUL and half a character are stored in words beside a file and in its name', async () => {
    const guest = await scene().door.newcomer()
    const message = await sent(guest, { name: `${ODD}.txt` }, odd)
    expect(lettersOf(message.text)).toBe('абв')
    expect(lettersOf(fileOf(message).name)).toBe('абв')
    expect(fileOf(message).state).toBe('ready')
  })

  test('a file of nothing is kept as such', async () => {
    const guest = await scene().door.newcomer()
    const message = await sent(guest, { name: 'пусто.txt', bytes: Buffer.alloc(0) }, 'пустой файл')
    expect(message.text).toBe('пустой файл')
    expect(fileOf(message)).toMatchObject({ name: 'пусто.txt', state: 'ready', bytes: 0 })
  })

  test('a zip bomb is kept byte for byte, and nobody opens it', async () => {
    bomb ??= aZipBomb(100 * MEGABYTE)
    const bytes = bomb
    const guest = await scene().door.newcomer()
    const message = await sent(guest, { name: 'фото.zip', type: 'application/zip', bytes }, 'фото')
    expect(fileOf(message)).toMatchObject({
      state: 'ready',
      mediaType: 'application/zip',
      bytes: bomb.length,
    })
    const { otklik, anna } = scene().installation
    const answer = await eventually(async () => {
      const asked = await fetch(`${otklik.url}/api/v1/attachments/${fileOf(message).id}`, anna)
      // Nobody may open it before it is filed under a matter.
      return asked.ok && asked
    }, PATIENCE_MS)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  })

  if (traits.kind !== 'web-chat')
    test('words come in also when their file is larger than what we keep', async () => {
      const guest = await scene().door.newcomer()
      expect(await guest.offersTooMuch?.('большой файл').tell()).toBe(200)
      const [message] = await storedOf(scene(), guest)
      expect(message?.text).toBe('большой файл')
      // A mail is cut at its own limit, so that the file may be there in part.
      if (traits.kind !== 'email') expect(message?.files).toMatchObject([{ state: 'failed' }])
    })
}

/** Made once, for all doors. */
let bomb: Buffer | undefined

/** A ZIP archive of one file of zeros: a thousandth of what it opens to. */
function aZipBomb(bytes: number): Buffer {
  const name = Buffer.from('zeros.bin')
  const packed = deflateRawSync(Buffer.alloc(bytes))
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(bytes, 8)
  const common = Buffer.concat([
    Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
    sizes,
    Buffer.from([name.length, 0, 0, 0]),
  ])
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed])
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    name,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}
