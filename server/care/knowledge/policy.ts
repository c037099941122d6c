import type { Audience } from '../../../contracts/articles.ts'
import type { Actor } from '../../platform/http/index.ts'

/** For whom the articles are that the actor may read. A locked desk, or one that still owes a second factor or a password, reads as anybody. */
export function audiencesOf(actor: Actor): readonly Audience[] {
  const atWork = actor.kind === 'agent' && !actor.locked && !actor.secondFactorDue && !actor.passwordDue
  return atWork ? ['public', 'agents'] : ['public']
}
