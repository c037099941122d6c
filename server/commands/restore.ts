import path from 'node:path'
import { readConfig } from '../config.ts'
import { restore } from './carry/backup.ts'
import { migrationsFolder, runCommand, withInstallation } from './carry/installation.ts'

/** `npm run restore -- DIR`: fills an empty installation (a new OTKLIK_DATA, or an empty DATABASE_URL) from a backup. */
runCommand(async () => {
  const [dir] = process.argv.slice(2)
  if (dir === undefined) throw new Error('Say where from: npm run restore -- DIR')
  const config = readConfig(process.env)
  const { tables, rows, files, missingFiles, unsent } = await withInstallation(config, (place) =>
    restore(path.resolve(dir), place, migrationsFolder),
  )
  console.log(`Restored ${rows} rows of ${tables} tables and ${files} files.`)
  if (missingFiles > 0)
    console.log(
      `${missingFiles} files are missing that these rows speak of: they were erased while the backup was taken, or lost on its way.`,
    )
  const { unconfirmed, drafts, notices } = unsent
  if (unconfirmed + drafts + notices > 0)
    console.log(
      `${unconfirmed} messages waited to be sent: they show as unconfirmed, nothing is sent again by itself. ${drafts} were held: they are drafts again. ` +
        `${notices} codes, notices and knocks were on their way: they are gone.`,
    )
  const key =
    config.key === undefined ? `to ${path.join(config.dataDir, 'key')} (mode 0600)` : 'into OTKLIK_KEY'
  console.log(`The key was not in the backup: put the old one ${key} before you start.`)
})
