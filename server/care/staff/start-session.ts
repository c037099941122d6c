import type { FastifyRequest } from 'fastify'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { newToken } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { recordChange } from '../audit/index.ts'
import type { StaffDeps } from './deps.ts'
import { type MemberRow, setPresence } from './member-store.ts'
import { insertSession, type SignedInBy } from './session-store.ts'

/** The browser that asks. */
export interface Device {
  readonly userAgent: string
  readonly address: string
}

/** The browser that a request comes from. */
export function deviceOf(request: Pick<FastifyRequest, 'headers' | 'ip'>): Device {
  return { userAgent: request.headers['user-agent'] ?? '', address: request.ip }
}

export interface StartedSession {
  readonly id: string
  /** For the cookie; kept nowhere. */
  readonly token: string
}

/** Begins a session of a member who has proved who they are. Recorded in the audit. */
export async function startSession(
  db: Executor,
  { clock, settings }: Pick<StaffDeps, 'clock' | 'settings'>,
  member: MemberRow,
  signedInBy: SignedInBy,
  device: Device,
): Promise<StartedSession> {
  const id = newId(clock)
  const { token, hash } = newToken()
  const now = clock.now()
  await inTransaction(db, async (tx) => {
    await insertSession(tx, {
      id,
      tokenHash: hash,
      memberId: member.id,
      signedInBy,
      now,
      expiresAt: new Date(now.getTime() + settings.sessionMs),
      userAgent: device.userAgent.slice(0, 300),
      address: device.address,
    })
    await setPresence(tx, member.id, 'online', now)
    await recordChange(tx, clock, {
      actor: { kind: 'agent', id: member.id, name: member.name },
      act: 'session.started',
      subject: `member:${member.id}`,
      after: { signedInBy, address: device.address },
    })
  })
  return { id, token }
}
