import { resealAll } from '../compose/reseal.ts'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { connectPool, migrate } from '../platform/database/index.ts'
import { openLocalFiles } from '../platform/files/index.ts'
import { openVault } from '../platform/vault/index.ts'
import { migrationsFolder, runCommand, withInstallation } from './carry/installation.ts'

/** `npm run reseal`: puts every secret and file under the newest key, so that older ones can be taken away. */
runCommand(async () => {
  const config = readConfig(process.env)
  const { dataDir } = config
  await withInstallation(config, async ({ connectionString }) => {
    await migrate(connectionString, { dir: migrationsFolder })
    const vault = await openVault({ key: config.key, dataDir })
    const files = await openLocalFiles({ dataDir, vault, clock: systemClock, onError: complain })
    const { db, close } = connectPool({ connectionString, max: 2, applicationName: 'otklik reseal' })
    try {
      const done = await resealAll(db, vault, files)
      console.log(
        `Under key ${vault.keyId} now: ${done.channels} channels, ${done.webhooks} webhooks, ${done.authenticators} authenticators, ` +
          `${done.pushKeys} push keys, ${done.paymentMethods} payment methods, ${done.files} files more than before.`,
      )
      console.log(
        'Older keys may go in an hour, when no code that they sealed is on its way any more. Backups still need the keys of their day.',
      )
    } finally {
      await close()
    }
  })
})

function complain(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
}
