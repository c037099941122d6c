import { hash, verify } from '@node-rs/argon2'
import type { Executor } from '../../../platform/database/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { selectCodeWord, updateCodeWord } from '../store/code-word.ts'
import { workOnLine } from '../work-on-lines.ts'

/** OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, two passes, one lane. A word is soon guessed: nothing weaker keeps it. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of a random word that was thrown away: verified where there is none, so that it takes as long. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$iqKSxBo9kV449V7/KgY2wQ$UDU3ttqD0UwCiamFgK+1sbDYVNNGIs7dn5rKVKVEWso'

/** As it is heard on the telephone: letters of either case, ё as е, spaces as one. */
const heard = (word: string) =>
  word.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').trim().replace(/\s+/g, ' ')

/** The word by which the owner blocks a lost SIM from anywhere; null = none any more. Refuses with `not_found`, `order_refused` (line-state). */
export async function setCodeWord(
  tx: Executor,
  lines: LinesContext,
  { lineId, word }: { readonly lineId: string; readonly word: string | null },
): Promise<void> {
  const kept = word === null ? null : await hash(heard(word), COST)
  await workOnLine(tx, lines, lineId, async ({ line, changes }) => {
    refuseIfAny(stateConflicts(line, 'change-settings'))
    await updateCodeWord(tx, lineId, kept)
    changes.touched = true
  })
}

/**
 * The line that has a number now, if the word is its code word. Takes as long where there is no such line or word. How often somebody
 * may try is the caller's to limit, before asking.
 */
export async function checkCodeWord(
  db: Executor,
  { msisdn, word }: { readonly msisdn: string; readonly word: string },
): Promise<string | undefined> {
  const line = await selectCodeWord(db, msisdn)
  const fits = await verify(line?.hash ?? DECOY, heard(word))
  return fits && line?.hash ? line.id : undefined
}
