import { z } from 'zod'

/** Settings of a door, as the server keeps them. */
export type Settings = Readonly<Record<string, unknown>>
const Settings = z.record(z.string(), z.unknown())

const inner = (value: unknown): Settings => Settings.safeParse(value).data ?? {}

/** What stands at `imap.host`; undefined where nothing does. */
export function valueAt(settings: Settings, at: string): unknown {
  return at.split('.').reduce<unknown>((value, name) => inner(value)[name], settings)
}

/** The settings with another value there; everything else stays, also what no form asks for. */
export function withValue(settings: Settings, at: string, value: unknown): Settings {
  const [name = '', ...rest] = at.split('.')
  return {
    ...settings,
    [name]: rest.length > 0 ? withValue(inner(settings[name]), rest.join('.'), value) : value,
  }
}

/** Without what was left empty: the server has its own word for that. */
export function filled(settings: Settings): Settings {
  const entries = Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    if (value === '' || value === undefined) return []
    if (Array.isArray(value) || !Settings.safeParse(value).success) return [[name, value]]
    const left = filled(inner(value))
    return Object.keys(left).length > 0 ? [[name, left]] : []
  })
  return Object.fromEntries(entries)
}
