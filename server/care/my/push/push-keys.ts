import { z } from 'zod'
import { type Executor, one, rows, sql } from '../../../platform/database/index.ts'
import type { My } from '../my.ts'
import { generateKeys, type PushKeys } from './web-push.ts'

const SETTING = 'my.push-keys'
/** What binds the sealed key to its place. */
const CONTEXT = 'my.push-key'

const Kept = z.object({ publicKey: z.string(), privateKey: z.string().describe('sealed, base64') })

type Deps = Pick<My, 'vault' | 'clock'>

/** The installation's VAPID keys (RFC 8292): made once, by whichever node asks first; the private one is kept sealed. */
export async function readPushKeys(db: Executor, { vault, clock }: Deps): Promise<PushKeys> {
  const kept = (await findKept(db)) ?? (await makeKeys(db, { vault, clock }))
  const privateKey = vault.open(Buffer.from(kept.privateKey, 'base64'), CONTEXT).toString('utf8')
  return { publicKey: kept.publicKey, privateKey }
}

async function findKept(db: Executor): Promise<z.infer<typeof Kept> | undefined> {
  const [row] = await rows(
    db,
    sql<{ value: unknown }>`select value from platform.setting where name = ${SETTING}`,
  )
  return row && Kept.parse(row.value)
}

async function makeKeys(db: Executor, { vault, clock }: Deps): Promise<z.infer<typeof Kept>> {
  const { publicKey, privateKey } = generateKeys()
  const sealed = vault.seal(Buffer.from(privateKey), CONTEXT).toString('base64')
  const value = JSON.stringify({ publicKey, privateKey: sealed } satisfies z.infer<typeof Kept>)
  await rows(
    db,
    sql`insert into platform.setting (name, value, changed_at) values (${SETTING}, ${value}, ${clock.now()})
        on conflict (name) do nothing`,
  )
  const row = await one(
    db,
    sql<{ value: unknown }>`select value from platform.setting where name = ${SETTING}`,
  )
  return Kept.parse(row.value)
}

/** Puts the private key under the vault's newest key (key rotation). Gives whether it changed. */
export async function resealPushKeys(db: Executor, vault: My['vault']): Promise<boolean> {
  const kept = await findKept(db)
  if (!kept) return false
  const sealed = Buffer.from(kept.privateKey, 'base64')
  const fresh = vault.reseal(sealed, CONTEXT)
  if (fresh === sealed) return false
  const value = JSON.stringify({ ...kept, privateKey: fresh.toString('base64') })
  await rows(db, sql`update platform.setting set value = ${value} where name = ${SETTING}`)
  return true
}
