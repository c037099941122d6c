import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoment } from '../../shared/format/index.ts'

/** The desk's words of a key, if it has any: what a record names is known when it is read. */
export type FindWords = (key: string) => string | undefined

/** What a field of a record is called; its own name where there are no words for it. */
export function fieldWords(path: readonly string[], find: FindWords): string {
  const name = path.join('.')
  const last = path.at(-1) ?? ''
  const kept = last === 'days' ? find(`retention.${path[0]}`) : undefined
  const setting = path[0] === 'settings' ? find(`channelForm.label.${path.slice(1).join('.')}`) : undefined
  const own = find(`changes.field.${last}`)
  // What stands under a name of the house's own is told with it.
  const under = path.length > 1 && path[0] !== 'settings' ? `${path.slice(0, -1).join('.')}: ` : ''
  if (kept !== undefined) return `${kept}, ${find('changes.inDays')}`
  return setting ?? (own === undefined ? name : `${under}${own}`)
}

/** Where the words of a field's values stand. */
const VALUES: Readonly<Record<string, string>> = {
  roles: 'role',
  scopes: 'tokens',
  policy: 'channels',
  state: 'channels',
  kind: 'channel',
  mode: 'channelForm.mode',
  secrets: 'channelForm.secret',
  signedInBy: 'changes.signedInBy',
  fields: 'catalogue.field',
}
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
/** What the audit keeps instead of a secret. */
const BLANK = '[secret]'

/** A value as people read it. */
export function valueWords(path: readonly string[], value: unknown, find: FindWords, locale: Locale): string {
  if (Array.isArray(value)) return value.map((one) => valueWords(path, one, find, locale)).join(', ')
  if (typeof value === 'boolean') return find(`changes.${value ? 'yes' : 'no'}`) ?? String(value)
  if (value === BLANK) return find('changes.hidden') ?? BLANK
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (INSTANT.test(text)) return formatMoment(text, locale)
  const words = VALUES[path.at(-1) ?? '']
  return (words && find(`${words}.${text}`)) ?? text
}
