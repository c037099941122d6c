import { createAttemptLimits, createStaff, STAFF_DEFAULTS, type StaffRoom } from '../care/staff/index.ts'
import type { Config } from '../config.ts'
import { OPERATOR } from './brand.ts'
import type { Ground } from './ground.ts'

/** Who works here, and how they sign in. `worldUrl` is the demo's outside world, where there is one. */
export function composeStaff(
  { db, pool, clock, vault, publicUrl, ownOrigins }: Ground,
  { demo, oidc }: Pick<Config, 'demo' | 'oidc'>,
  worldUrl: string | null,
): StaffRoom {
  return createStaff({
    db,
    clock,
    vault,
    attempts: createAttemptLimits(pool),
    settings: {
      ...STAFF_DEFAULTS,
      allowedOrigins: ownOrigins,
      secureCookies: publicUrl.startsWith('https:'),
      demo,
      operator: OPERATOR,
      worldUrl,
      ...(oidc && { oidc: { ...oidc, ...oidcPaths(publicUrl), secondFactor: 'amr' as const } }),
    },
  })
}

const oidcPaths = (publicUrl: string) => ({
  redirectUri: `${publicUrl}/api/v1/session/oidc/callback`,
  landingUrl: `${publicUrl}/desk/`,
})
