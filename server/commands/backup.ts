import path from 'node:path'
import { readConfig } from '../config.ts'
import { backUp } from './carry/backup.ts'
import { runCommand, withInstallation } from './carry/installation.ts'

/** `npm run backup -- DIR`: all data of this installation into a new folder, while it works. */
runCommand(async () => {
  const [dir] = process.argv.slice(2)
  if (dir === undefined) throw new Error('Say where to: npm run backup -- DIR')
  const config = readConfig(process.env)
  const { tables, rows, files } = await withInstallation(config, (place) => backUp(place, path.resolve(dir)))
  console.log(`Backed up ${rows} rows of ${tables} tables and ${files} files to ${dir}.`)
  const key = config.key === undefined ? `the file ${path.join(config.dataDir, 'key')}` : 'OTKLIK_KEY'
  console.log(
    `The key is NOT in it. Keep ${key} somewhere else: without it files and channel secrets cannot be read.`,
  )
})
