import type { Person, ServiceName, World } from '../../../world/index.ts'
import type { SentFile, Trouble } from '../door.ts'
import type { Installation } from '../installation.ts'

/** Somebody with a phone in the outside world. */
export function aWorldly({ world, next }: Installation, service: Exclude<ServiceName, 'mail'>) {
  const n = next()
  const key = `guest-${n}`
  const person: Person = {
    key,
    firstName: 'Гость',
    lastName: String(n),
    msisdn: String(79_000_100_000 + n),
    email: `${key}@mail.example`,
    locale: 'ru',
    userId: 800_000 + n,
  }
  world.people.add(person)
  const act = async (what: Parameters<World['act']>[2]) => {
    await world.act(service, key, what)
  }
  return {
    person,
    opens: () => (service === 'sms' ? Promise.resolve() : act({ act: 'start' })),
    leaves: () => act({ act: 'block' }),
    returns: () => act({ act: 'unblock' }),
    sends: (file: SentFile, text: string) =>
      act({
        act: 'media',
        kind: 'document',
        files: [{ name: file.name, type: file.type, base64: file.bytes.toString('base64') }],
        ...(text !== '' && { text }),
      }),
    heard: async () =>
      world.view(service, key).messages.flatMap((one) => (one.from === 'operator' ? [one.text] : [])),
  }
}

const FAULTS = { busy: '429', broken: '500', deaf: 'drop-after-accept' } as const

/** Plans what the next message meets at a stand-in. */
export function troubleAt(
  world: World,
  service: 'max' | 'telegram' | 'sms',
  method: string,
  kind: Trouble,
): void {
  world.faults.plan({ service, method, kind: FAULTS[kind], retryAfterS: 1 })
}
