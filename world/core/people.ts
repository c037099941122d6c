import { z } from 'zod'

/** A subscriber whom a visitor of the demo (or a test) plays. `key` names the person in every control URL. */
export const person = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,64}$/),
  firstName: z.string().min(1),
  lastName: z.string(),
  /** E.164 without the plus, as everywhere in the product. */
  msisdn: z.string().regex(/^\d{5,15}$/),
  email: z.email(),
  locale: z.enum(['ru', 'en']),
  /** The person's number in both messengers; a real one differs from service to service, which no client may rely on. */
  userId: z.number().int().positive(),
})
export type Person = z.infer<typeof person>

/** Numbers of the form 7 900 000-… are handed to nobody in the demo's numbering plan. */
export const seededPeople: readonly Person[] = [
  aPerson('anna', 'Анна', 'Ветрова', '79000000101', 'ru', 70101),
  aPerson('pyotr', 'Пётр', 'Лукин', '79000000102', 'ru', 70102),
  aPerson('zinaida', 'Зинаида', 'Морозова', '79000000103', 'ru', 70103),
  aPerson('timur', 'Тимур', 'Ахметов', '79000000104', 'ru', 70104),
  aPerson('emily', 'Emily', 'Carter', '79000000105', 'en', 70105),
]

function aPerson(
  key: string,
  firstName: string,
  lastName: string,
  msisdn: string,
  locale: 'ru' | 'en',
  userId: number,
): Person {
  return { key, firstName, lastName, msisdn, email: `${key}@mail.example`, locale, userId }
}

export interface People {
  list(): Person[]
  byKey(key: string): Person | undefined
  byUserId(userId: number): Person | undefined
  byMsisdn(msisdn: string): Person | undefined
  byEmail(email: string): Person | undefined
  /** Adds or replaces; tests with thousands of chats bring their own people. */
  add(person: Person): void
}

export function createPeople(seed: readonly Person[]): People {
  const byKey = new Map<string, Person>()
  const byUserId = new Map<number, Person>()
  const byMsisdn = new Map<string, Person>()
  const byEmail = new Map<string, Person>()
  const add = (one: Person): void => {
    byKey.set(one.key, one)
    byUserId.set(one.userId, one)
    byMsisdn.set(one.msisdn, one)
    byEmail.set(one.email.toLowerCase(), one)
  }
  for (const one of seed) add(one)
  return {
    add,
    list: () => [...byKey.values()],
    byKey: (key) => byKey.get(key),
    byUserId: (userId) => byUserId.get(userId),
    byMsisdn: (msisdn) => byMsisdn.get(msisdn),
    byEmail: (email) => byEmail.get(email.toLowerCase()),
  }
}
