import type { Role } from '../../../contracts/staff.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { findMemberByEmail, insertMember, setPasswordHash } from './member-store.ts'
import { hashPassword, randomPassword } from './password.ts'

interface DemoMember {
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
}

/** The staff of the demo operator; `.example` belongs to nobody (RFC 2606). */
const DEMO_STAFF: readonly DemoMember[] = [
  { email: 'anna@demo.example', name: 'Анна Орлова', roles: ['agent'] },
  { email: 'timur@demo.example', name: 'Тимур Галиев', roles: ['agent'] },
  { email: 'irina@demo.example', name: 'Ирина Ковалёва', roles: ['agent', 'supervisor'] },
  { email: 'pavel@demo.example', name: 'Павел Зимин', roles: ['designer'] },
  { email: 'admin@demo.example', name: 'Ольга Белова', roles: ['admin'] },
]

export interface DemoLogin extends DemoMember {
  readonly id: string
  /** To be printed; kept nowhere. */
  readonly password: string
}

/**
 * Makes the demo accounts, or gives those that are there new random passwords: call it at each start of a demo and print what it gives.
 * An e-mail that a real member has is left alone and out of the answer.
 */
export async function seedDemoStaff(db: Executor, clock: Clock): Promise<DemoLogin[]> {
  const logins: DemoLogin[] = []
  for (const member of DEMO_STAFF) {
    const password = randomPassword()
    const id = await giveDemoPassword(db, clock, member, await hashPassword(password))
    if (id !== undefined) logins.push({ ...member, id, password })
  }
  return logins
}

async function giveDemoPassword(
  db: Executor,
  clock: Clock,
  member: DemoMember,
  passwordHash: string,
): Promise<string | undefined> {
  const made = await insertMember(db, {
    ...member,
    id: newId(clock),
    passwordHash,
    passwordDue: false,
    demo: true,
    createdAt: clock.now(),
  })
  if (made) return made.id
  const present = await findMemberByEmail(db, member.email)
  if (!present?.demo) return undefined
  await setPasswordHash(db, present.id, { passwordHash, due: false })
  return present.id
}
