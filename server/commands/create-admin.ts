import { z } from 'zod'
import { createAdmin, resetMember } from '../care/staff/index.ts'
import { readConfig } from '../config.ts'
import { systemClock } from '../platform/clock.ts'
import { connectPool, migrate } from '../platform/database/index.ts'
import { Refusal } from '../platform/refusal.ts'
import { migrationsFolder, runCommand, withInstallation } from './carry/installation.ts'

const USAGE = `Say whom:
  create-admin EMAIL NAME      the first admin, or one more
  create-admin --reset EMAIL   lets somebody in again who lost password or authenticator; roles stay`

/** `create-admin EMAIL NAME`: makes an admin and prints the one-time first password. */
runCommand(async () => {
  const [first, second] = process.argv.slice(2)
  const isReset = first === '--reset'
  const email = z.email().safeParse(isReset ? second : first)
  const name = second?.trim()
  if (!email.success || !name) throw new Error(USAGE)

  await withInstallation(readConfig(process.env), async ({ connectionString }) => {
    await migrate(connectionString, { dir: migrationsFolder })
    const { db, close } = connectPool({ connectionString, max: 2, applicationName: 'otklik create-admin' })
    try {
      const password = isReset
        ? await resetMember(db, systemClock, email.data)
        : await createAdmin(db, systemClock, { email: email.data, name })
      console.log(`${email.data} signs in with this password: ${password}`)
      console.log(
        'It is shown this once. The desk asks to enrol an authenticator and to choose another password.',
      )
    } catch (error) {
      throw error instanceof Refusal ? new Error(sentenceOf(error, email.data)) : error
    } finally {
      await close()
    }
  })
})

function sentenceOf({ code }: Refusal, email: string): string {
  if (code === 'conflict')
    return `Somebody with ${email} is there already. New password: create-admin --reset ${email}`
  if (code === 'not_found') return `Nobody with ${email} is there.`
  if (code === 'forbidden') return `${email} is a demo account: its password is printed when the demo starts.`
  return code
}
