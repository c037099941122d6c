import type { DemoLogin } from '../care/staff/index.ts'
import type { Otklik } from '../compose/index.ts'
import type { Config } from '../config.ts'
import type { RunningWorld } from './run-world.ts'

/** Prints where everything is and how to sign in. The passwords are new at each start and stand nowhere else. */
export function announceDemo(
  otklik: Otklik,
  config: Config,
  world: RunningWorld,
  logins: readonly DemoLogin[],
): void {
  const width = Math.max(...logins.map(({ email }) => email.length))
  const lines = [
    '',
    '  Otklik is open.',
    '',
    `  Desk        ${config.publicUrl}/desk/`,
    `  My          ${config.publicUrl}/my/   (sign in as +7 900 000-01-01; the code comes to the phone page)`,
    `  Demo site   ${config.publicUrl}/demo/`,
    `  Phone       ${world.url}/phone/   (the outside world: MAX, Telegram, SMS, mail, payments)`,
    `  API         ${otklik.url}/docs`,
    '',
    ...logins.map(
      ({ email, password, roles }) => `  ${email.padEnd(width)}   ${password}   ${roles.join(', ')}`,
    ),
    '',
    '  Ctrl-C ends it; everything is kept.',
    '',
  ]
  console.log(lines.join('\n'))
}
