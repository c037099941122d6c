import path from 'node:path'
import { readConfig } from '../config.ts'
import { restore } from './carry/backup.ts'
import { migrationsFolder, runCommand, withInstallation } from './carry/installation.ts'

/** `npm run restore -- DIR`: fills an empty installation (a new OTKLIK_DATA, or an empty DATABASE_URL) from a backup. */
runCommand(async () => {
  const [dir] = process.argv.slice(2)
  if (dir === undefined) throw new Error('Say where from: npm run restore -- DIR')
  const config = readConfig(process.env)
  const { tables, rows, files, unsent } = await withInstallation(config, (place) =>
    restore(path.resolve(dir), place, migrationsFolder),
  )
  console.log(`Restored ${rows} rows of ${tables} tables and ${files} files.`)
  if (unsent.unconfirmed + unsent.drafts > 0)
    console.log(
      `${unsent.unconfirmed} messages waited to be sent: they show as unconfirmed, nothing is sent again by itself. ${unsent.drafts} were held: they are drafts again.`,
    )
  const key =
    config.key === undefined ? `to ${path.join(config.dataDir, 'key')} (mode 0600)` : 'into OTKLIK_KEY'
  console.log(`The key was not in the backup: put the old one ${key} before you start.`)
})
