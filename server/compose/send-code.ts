import { z } from 'zod'
import { isSimLost, type MyRoom } from '../care/my/index.ts'
import type { Doors } from '../care/timeline/index.ts'
import { sendCodeBySms } from '../channels/sms/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { DoorDeps } from './doors.ts'

/** What binds a sealed code to its purpose. */
export const CODE_CONTEXT = 'sms-code'
const Code = z.object({
  msisdn: z.string(),
  text: z.string(),
  reference: z.string(),
  kind: z.enum(['code', 'notice']).default('notice'),
  until: z.coerce.date().optional(),
})

/**
 * Carries a sealed text out through the operator's SMS account. Throws to be tried again; the centre sends a reference once. No code goes to a
 * SIM that is reported lost, and whoever asked for it is not told: they may be the finder. Nor does one that opens nothing any more.
 */
export async function sendCode(
  deps: DoorDeps,
  doors: Doors,
  vault: Vault,
  my: Pick<MyRoom, 'db' | 'edge'>,
  sealed: string,
): Promise<void> {
  const { kind, until, ...code } = Code.parse(
    JSON.parse(vault.open(Buffer.from(sealed, 'base64'), CODE_CONTEXT).toString('utf8')),
  )
  if (until && until <= deps.clock.now()) return
  if (kind === 'code' && (await goesToFinder(my, code.msisdn))) return
  const door = (await doors.all()).find(({ account }) => account.kind === 'sms' && account.state === 'active')
  if (!door) throw new Error('no SMS account is open: codes cannot be sent')
  const result = await sendCodeBySms(deps, door.account, code)
  if (result.outcome !== 'sent') throw new Error(`code not sent: ${result.reason}`)
}

async function goesToFinder({ db, edge }: Pick<MyRoom, 'db' | 'edge'>, msisdn: string): Promise<boolean> {
  const line = await edge.findLineByMsisdn(db, msisdn)
  return line !== undefined && (await isSimLost(db, { edge }, line))
}
