import type { Role } from '../../../contracts/staff.ts'

/** Rooms of the settings, and who finds them useful (the server decides who may). */
export const SECTIONS = {
  profile: ['agent', 'supervisor', 'designer', 'admin'],
  sessions: ['agent', 'supervisor', 'designer', 'admin'],
  macros: ['agent', 'supervisor', 'designer'],
  topics: ['designer', 'admin'],
  catalogue: ['designer', 'admin'],
  channels: ['supervisor', 'admin'],
  staff: ['supervisor', 'admin'],
  accesses: ['supervisor', 'admin'],
  changes: ['admin'],
  tokens: ['admin'],
  webhooks: ['admin'],
  retention: ['admin'],
  erasures: ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type SectionName = keyof typeof SECTIONS

export const isSection = (name: string): name is SectionName => name in SECTIONS

/** The rooms for somebody with these roles, in order. */
export function sectionsFor(roles: readonly Role[]): readonly SectionName[] {
  return Object.keys(SECTIONS)
    .filter(isSection)
    .filter((name) => SECTIONS[name].some((role) => roles.includes(role)))
}
