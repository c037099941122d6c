import { useQuery } from '@tanstack/react-query'
import type { Role } from '../../../contracts/staff.ts'
import { meQuery } from '../data/session.ts'

/** The signed-in person, and whether one of these roles is theirs (the server decides; this only hides what it would refuse). */
export function useMe() {
  const me = useQuery(meQuery).data
  const may = (...roles: Role[]) => me?.member.roles.some((role) => roles.includes(role)) ?? false
  return { me, may }
}
