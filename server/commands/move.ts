import { readConfig } from '../config.ts'
import { migrationsFolder, runCommand, withInstallation } from './carry/installation.ts'
import { moveTo } from './carry/move.ts'

/** `npm run move -- DATABASE_URL`: carries the data of the embedded database into an empty external PostgreSQL. */
runCommand(async () => {
  const [target] = process.argv.slice(2)
  if (target === undefined)
    throw new Error('Say where to: npm run move -- postgresql://user:password@host:5432/otklik')
  const { databaseUrl, ...config } = readConfig({ ...process.env, DATABASE_URL: target })
  const embedded = { ...config, databaseUrl: undefined }
  const { tables, rows } = await withInstallation(embedded, (place) =>
    moveTo(place.connectionString, target, migrationsFolder),
  )
  console.log(`Moved ${rows} rows of ${tables} tables; every table was counted on both sides.`)
  console.log(
    'Files and the key stay in OTKLIK_DATA. Start with DATABASE_URL set to the new address; the embedded database was left as it is.',
  )
})
