import type { Settings } from './begin.ts'
import { freePort } from './free-port.ts'
import { type MaxDoor, openStandIn } from './max-stand-in.ts'
import { openPostgres, type Postgres } from './open-postgres.ts'
import { type Product, startProduct } from './product.ts'

/** The product with one door of MAX open, and its database. */
export interface Hall {
  readonly postgres: Postgres
  readonly product: Product
  readonly door: MaxDoor
}

/** @param staff the demo staff can sign in */
export async function openHall({ folder, atEnd }: Settings, { staff = false } = {}): Promise<Hall> {
  const postgres = await openPostgres({ folder, atEnd })
  const standIn = await openStandIn()
  atEnd(() => standIn.close())
  const door = standIn.door(1)
  const product = await startProduct({
    dataDir: postgres.dataDir,
    port: await freePort(),
    doors: [door.account],
    trustedOrigin: standIn.url,
    staff,
  })
  atEnd(() => product.end())
  return { postgres, product, door }
}
