import type { ChangeRecord } from '../../../contracts/privacy.ts'

interface Named {
  readonly id: string
  readonly name: string
}

/** By what a record of the audit calls the thing that it keeps. */
const NAMES = ['name', 'title', 'url'] as const

/**
 * What a change was done to: its name now, else by what the record calls it, else its id or key, which is `known: false`.
 * Undefined: there is one of it, and the act names it.
 */
export function nameOfSubject(
  { subject, before, after }: Pick<ChangeRecord, 'subject' | 'before' | 'after'>,
  living: Readonly<Record<string, readonly Named[]>>,
): { readonly name: string; readonly known: boolean } | undefined {
  const colon = subject.indexOf(':')
  const [kind, id] = [subject.slice(0, colon), subject.slice(colon + 1)]
  if (colon < 0 || kind === 'setting') return undefined
  const name = living[kind]?.find((one) => one.id === id)?.name ?? calledIn(after) ?? calledIn(before)
  return name === undefined ? { name: id, known: false } : { name, known: true }
}

function calledIn(record: unknown): string | undefined {
  const fields = new Map(Object.entries(Object(record)))
  return NAMES.map((name) => fields.get(name)).find((called) => typeof called === 'string')
}
