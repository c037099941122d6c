import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { eventually } from '../factories/eventually.ts'
import { freePort } from '../factories/otklik.ts'

/** A Dovecot of the test's own, on loopback, with any number of mailboxes that are made when they are first used. */
export interface Dovecot {
  readonly imapPort: number
  readonly password: string
  /** Delivers a mail over LMTP, as a mail server would. */
  deliver(address: string, raw: string | Buffer, from?: string): Promise<void>
  /** Puts mails into a folder over IMAP, which delivers nothing and is faster. */
  append(user: string, folder: string, raws: readonly (string | Buffer)[]): Promise<void>
  /** Keeps the server from reading the mail of a user in which these words stand, as a broken disk would. */
  spoil(user: string, words: string): Promise<void>
  /** Everything in the mailbox can be read again. */
  mend(user: string): Promise<void>
  /** A client that is signed in, for what else a test does to a mailbox. */
  withClient<T>(user: string, act: (client: ImapFlow) => Promise<T>): Promise<T>
  stop(): Promise<void>
  /** Starts again on the same ports with the same mails. */
  start(): Promise<void>
  end(): Promise<void>
}

const INSTALL = 'apt-get install -y dovecot-imapd dovecot-lmtpd'
const NOBODY = 65_534
const PASSWORD = 'secret'

/** Starts a Dovecot 2.3. Fails with the command that installs it where there is none. */
export async function startDovecot(): Promise<Dovecot> {
  const program = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/usr/bin/dovecot'].find(isInstalled)
  if (!program) throw new Error(`The tests of e-mail need a real Dovecot 2.3: ${INSTALL}`)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-dovecot-'))
  const [imapPort, lmtpPort] = [await freePort(), await freePort()]
  const asRoot = process.getuid?.() === 0
  const names = asRoot ? { user: 'nobody', group: 'nogroup' } : ownNames()
  const config = path.join(folder, 'dovecot.conf')
  await mkdir(path.join(folder, 'mail'))
  await writeFile(config, configOf({ folder, imapPort, lmtpPort, ...names }))
  await chmod(folder, 0o755)
  if (asRoot) for (const one of [folder, path.join(folder, 'mail')]) await chown(one, NOBODY, NOBODY)

  let stop: () => Promise<void> = async () => undefined
  const start = async () => {
    const child = spawn(program, ['-F', '-c', config], {
      stdio: 'ignore',
      // A group of its own: sessions in IDLE outlive the master, and are to end with it.
      detached: true,
      ...(asRoot && { uid: NOBODY, gid: NOBODY }),
    })
    const kill = () => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    }
    process.once('exit', kill)
    stop = async () => {
      process.off('exit', kill)
      if (child.exitCode !== null || child.signalCode !== null) return
      kill()
      await once(child, 'exit')
    }
    try {
      for (const port of [imapPort, lmtpPort]) await eventually(() => answers(port))
    } catch (error) {
      const log = await readFile(path.join(folder, 'dovecot.log'), 'utf8').catch(() => '')
      throw new Error(`Dovecot did not start. If a part of it is missing: ${INSTALL}. It says: ${log}`, {
        cause: error,
      })
    }
  }
  await start()

  const lmtp = createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true })
  const withClient = async <T>(user: string, act: (client: ImapFlow) => Promise<T>): Promise<T> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: imapPort,
      secure: false,
      auth: { user, pass: PASSWORD },
      logger: false,
    })
    await client.connect()
    try {
      return await act(client)
    } finally {
      await client.logout()
    }
  }
  return {
    imapPort,
    password: PASSWORD,
    withClient,
    deliver: async (address, raw, from = 'sender@mail.example') => {
      await lmtp.sendMail({ envelope: { from, to: [address] }, raw })
    },
    append: (user, folderName, raws) =>
      withClient(user, async (client) => {
        for (const raw of raws) await client.append(folderName, raw)
      }),
    spoil: async (user, words) => {
      const home = path.join(folder, 'mail', user)
      const entries = await readdir(home, { recursive: true, withFileTypes: true })
      const files = entries
        .filter((entry) => entry.isFile())
        .map((one) => path.join(one.parentPath, one.name))
      for (const file of files) if ((await readFile(file, 'utf8')).includes(words)) await chmod(file, 0)
    },
    mend: async (user) => {
      const entries = await readdir(path.join(folder, 'mail', user), { recursive: true, withFileTypes: true })
      for (const one of entries) if (one.isFile()) await chmod(path.join(one.parentPath, one.name), 0o600)
    },
    start,
    stop: () => stop(),
    end: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function ownNames(): { user: string; group: string } {
  return { user: os.userInfo().username, group: execFileSync('id', ['-gn']).toString().trim() }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

interface Place {
  readonly folder: string
  readonly imapPort: number
  readonly lmtpPort: number
  readonly user: string
  readonly group: string
}

/** Dovecot 2.3 without root: everything it would do as another user it does as the one that it is. */
function configOf({ folder, imapPort, lmtpPort, user, group }: Place): string {
  return `protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
default_login_user = ${user}
default_internal_user = ${user}
default_internal_group = ${group}
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
auth_mechanisms = plain login
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u allow_all_users=yes
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
namespace inbox {
  inbox = yes
}
`
}
