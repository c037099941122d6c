import { z } from 'zod'
import { Done, Id, IdParam, Instant, Locale, text } from './primitives.ts'
import type { Contract } from './route.ts'

export const Role = z.enum(['agent', 'supervisor', 'designer', 'admin']).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>

export const Presence = z.enum(['online', 'away', 'offline']).meta({ id: 'Presence' })

/** Somebody of the staff, as colleagues see them. */
export const Member = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    roles: z.array(Role),
    active: z.boolean(),
    presence: Presence,
    capacity: z.number().int().describe('open conversations at a time'),
    secondFactor: z.boolean(),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

/** The signed-in person and what the desk needs to start. */
export const Me = z
  .object({
    member: Member,
    locale: Locale,
    locked: z.boolean().describe('idle lock: only unlock and sign-out answer'),
    idleLockMs: z.number().int(),
    secondFactorDue: z.boolean().describe('must enrol an authenticator before anything else'),
    passwordDue: z
      .boolean()
      .describe('signed in with a password that was given: must choose another, after the authenticator'),
    operator: z.object({ name: z.string(), accent: z.string() }),
    demo: z.boolean(),
    oidc: z.boolean(),
    links: z.object({ world: z.string().nullable() }),
  })
  .meta({ id: 'Me' })
export type Me = z.infer<typeof Me>

export const SessionInfo = z
  .object({
    id: Id,
    startedAt: Instant,
    lastSeenAt: Instant,
    userAgent: z.string(),
    address: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'SessionInfo' })

const Password = z.string().min(12).max(200)

export const staff = {
  signInOptions: {
    method: 'GET',
    path: '/api/v1/session/options',
    summary: 'How one may sign in here',
    access: ['public'],
    idempotency: 'safe',
    response: z.object({ operator: z.string(), accent: z.string(), oidc: z.boolean(), demo: z.boolean() }),
  },
  signIn: {
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in; sets the session cookie',
    access: ['public'],
    idempotency: 'natural',
    body: z.object({
      email: z.string().max(200),
      password: z.string().max(200),
      code: z.string().max(12).optional().describe('from the authenticator'),
    }),
    response: Me,
    errors: ['wrong_credentials', 'second_factor_required', 'wrong_second_factor', 'rate_limited'],
  },
  getMe: {
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Who am I',
    access: ['staff'],
    idempotency: 'safe',
    response: Me,
  },
  signOut: {
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Sign out',
    access: ['staff'],
    idempotency: 'natural',
    response: Done,
  },
  lockSession: {
    method: 'POST',
    path: '/api/v1/session/lock',
    summary: 'Lock the desk now',
    access: ['staff'],
    idempotency: 'natural',
    response: Done,
  },
  unlockSession: {
    method: 'POST',
    path: '/api/v1/session/unlock',
    summary: 'Unlock after the idle lock',
    access: ['staff'],
    idempotency: 'natural',
    body: z.object({ password: z.string().max(200) }),
    response: Me,
    errors: ['wrong_credentials', 'rate_limited'],
  },
  listSessions: {
    method: 'GET',
    path: '/api/v1/sessions',
    summary: 'My sessions',
    access: ['staff'],
    idempotency: 'safe',
    response: z.array(SessionInfo),
  },
  revokeSession: {
    method: 'DELETE',
    path: '/api/v1/sessions/:id',
    summary: 'End one of my sessions (admins: anybody’s)',
    access: ['staff'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  startSecondFactor: {
    method: 'POST',
    path: '/api/v1/session/second-factor',
    summary: 'Begin to enrol an authenticator (TOTP)',
    access: ['staff'],
    idempotency: 'natural',
    response: z.object({ uri: z.string(), secret: z.string() }),
  },
  confirmSecondFactor: {
    method: 'PUT',
    path: '/api/v1/session/second-factor',
    summary: 'Finish enrolling with a first code',
    access: ['staff'],
    idempotency: 'natural',
    body: z.object({ code: z.string().max(12) }),
    response: Me,
    errors: ['wrong_second_factor', 'rate_limited'],
  },
  changeMe: {
    method: 'PATCH',
    path: '/api/v1/me',
    summary: 'My name, language, presence, password',
    access: ['staff'],
    idempotency: 'natural',
    body: z.object({
      name: text(80).min(1).optional(),
      locale: Locale.optional(),
      presence: z.enum(['online', 'away']).optional(),
      password: z.object({ current: z.string().max(200), next: Password }).optional(),
    }),
    response: Me,
    errors: ['wrong_credentials', 'conflict'],
  },
  listMembers: {
    method: 'GET',
    path: '/api/v1/staff',
    summary: 'Colleagues, to hand over to',
    access: ['staff'],
    idempotency: 'safe',
    response: z.array(Member),
  },
  createMember: {
    method: 'POST',
    path: '/api/v1/staff',
    summary: 'Add somebody to the staff; the first password is shown once',
    access: ['admin'],
    // Not by key: the stored answer would keep the password. A repeat meets `conflict` on the e-mail.
    idempotency: 'natural',
    body: z.object({
      name: text(80).min(1),
      email: z.email().max(200),
      roles: z.array(Role).min(1),
      capacity: z.number().int().min(1).max(200).optional(),
    }),
    response: z.object({ member: Member, password: z.string() }),
    errors: ['conflict'],
  },
  resetPassword: {
    method: 'POST',
    path: '/api/v1/staff/:id/password',
    summary: 'A new first password for a colleague who lost theirs, shown once; their sessions end',
    access: ['admin'],
    // Not by key: the stored answer would keep the password. A repeat gives another one.
    idempotency: 'natural',
    params: IdParam,
    response: z.object({ password: z.string() }),
    errors: ['not_found', 'forbidden'],
  },
  changeMember: {
    method: 'PATCH',
    path: '/api/v1/staff/:id',
    summary: 'Roles, capacity, off and on; a changed role ends the sessions',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({
      name: text(80).min(1).optional(),
      roles: z.array(Role).min(1).optional(),
      capacity: z.number().int().min(1).max(200).optional(),
      active: z.boolean().optional(),
      resetSecondFactor: z.literal(true).optional(),
    }),
    response: Member,
    errors: ['not_found', 'conflict'],
  },
} as const satisfies Contract
