// Makes sure that what a command needs is there and fresh: `node scripts/ensure.mjs [install] [build] [test]`. Runs before npm start and
// npm test on a clean clone, so it uses nothing but Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { isInstalled } from './installed.mjs'
import { missingTools } from './test-tools.mjs'

const root = path.join(import.meta.dirname, '..')
const wanted = new Set(process.argv.slice(2))

requireNode()
ensureInstalled()
if (wanted.has('build') && existsSync(path.join(root, 'tsconfig.build.json')))
  run(process.execPath, ['scripts/build.mjs', '--if-stale'])
if (wanted.has('test')) ensureTestTools()

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Otklik needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org/ and try again.`,
  )
}

function ensureInstalled() {
  if (isInstalled(root)) return
  console.error('Installing dependencies (npm ci) …')
  // npm leaves development packages out when NODE_ENV is production; the build needs them.
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'])
}

function ensureTestTools() {
  const missing = missingTools()
  if (missing.length === 0) return
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  const hasApt = existsSync('/usr/bin/apt-get')
  if (process.getuid?.() !== 0 || !hasApt) {
    fail(
      `The tests need a Chromium browser and the Dovecot mail server. ${hasApt ? 'Run:' : 'On Debian or Ubuntu they are installed by:'}\n\n` +
        `  sudo apt-get update && sudo RUNLEVEL=1 ${install}\n`,
    )
  }
  console.error(`Installing what the tests need: ${missing.join(', ')} …`)
  // RUNLEVEL=1: the packages are installed without starting their services; the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  run('apt-get', ['update'], env)
  run('apt-get', install.split(' ').slice(1), env)
}

/** Runs a command with its output on stderr: stdout belongs to the command that this one prepares. */
function run(command, args, env = process.env) {
  const done = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  fail(
    `"${command} ${args.join(' ')}" failed${done.error ? `: ${done.error.message}` : ''}. The lines above say why.`,
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
