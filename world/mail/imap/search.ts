import type { StoredMail } from '../mailbox.ts'
import { No } from './errors.ts'
import { inSet } from './sets.ts'

type Criterion = (mail: StoredMail, values: string[]) => boolean

/** The criteria that clients of a help desk use, each with the number of words that follow it. */
const criteria: Record<string, { takes: number; holds: Criterion }> = {
  ALL: { takes: 0, holds: () => true },
  SEEN: { takes: 0, holds: (mail) => mail.flags.has('\\Seen') },
  UNSEEN: { takes: 0, holds: (mail) => !mail.flags.has('\\Seen') },
  KEYWORD: { takes: 1, holds: (mail, [flag = '']) => mail.flags.has(flag) },
  UNKEYWORD: { takes: 1, holds: (mail, [flag = '']) => !mail.flags.has(flag) },
  UID: { takes: 1, holds: (mail, [set = '']) => inSet(set, [mail.uid]).length > 0 },
  HEADER: { takes: 2, holds: (mail, [name = '', value = '']) => headerHas(mail, name, value) },
}

/** True if the mail meets every criterion of a SEARCH. Raises `No` for one that is not played here. */
export function matches(mail: StoredMail, words: string[]): boolean {
  const left = words.filter((word) => word !== '(' && word !== ')')
  let all = true
  while (left.length > 0) {
    const key = (left.shift() ?? '').toUpperCase()
    const criterion = criteria[key]
    if (!criterion) throw new No(`[CANNOT] criterion ${key} is not played here`)
    all = criterion.holds(mail, left.splice(0, criterion.takes)) && all
  }
  return all
}

function headerHas(mail: StoredMail, name: string, value: string): boolean {
  const header = mail.raw.toString('utf8').split('\r\n\r\n')[0] ?? ''
  const named = header
    .split(/\r\n(?![ \t])/)
    .filter((field) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return named.some((field) => field.toLowerCase().includes(value.toLowerCase()))
}
