// `npm run check`: everything that can be judged without running the program. Prints what each part found and a summary line.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { enginesThatRefuse } from './engines.mjs'

const root = path.join(import.meta.dirname, '..')
const OLDEST_NODE = '20.19.0'

const parts = [
  ['format and lint', () => tool('@biomejs/biome/bin/biome', ['check', '--diagnostic-level=warn', '.'])],
  ...typescriptProjects().map((project) => [
    `types (${project})`,
    () => tool('typescript/bin/tsc', ['-p', project]),
  ]),
  ['architecture', architecture],
  ['unused code', () => tool('knip/bin/knip.js', ['--no-progress'])],
  ['lock file', () => run('npm', ['ci', '--dry-run', '--no-audit', '--no-fund'])],
  [`engines (Node ${OLDEST_NODE})`, engines],
]

const failed = []
for (const [name, work] of parts) {
  const started = Date.now()
  const problems = await work()
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${problems === '' ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (problems === '') continue
  failed.push(name)
  console.log(problems)
}
console.log(
  failed.length === 0
    ? `\nAll ${parts.length} checks passed.`
    : `\n${failed.length} of ${parts.length} checks failed: ${failed.join(', ')}.`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function typescriptProjects() {
  const web = path.join(root, 'web')
  const apps = existsSync(web) ? readdirSync(web).map((name) => `web/${name}/tsconfig.json`) : []
  return ['tsconfig.json', ...apps.filter((file) => existsSync(path.join(root, file)))]
}

// The tool reports success over nothing when it cannot read TypeScript, so what it looked at is counted too.
async function architecture() {
  const { checkArchitecture } = await import('./architecture.mjs')
  const folders = readdirSync(root).filter((name) =>
    /^(bench|contracts|messages|server|test|web|world)$/.test(name),
  )
  const { modules, violations } = await checkArchitecture(root, folders)
  return modules < 10 ? `only ${modules} modules were looked at` : violations.join('\n')
}

function engines() {
  return enginesThatRefuse(path.join(root, 'package-lock.json'), OLDEST_NODE).join('\n')
}

function tool(script, args) {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...args])
}

/** What a failing command printed; empty if it succeeded. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? '' : output.trim() || `exit ${code}`))
  })
}
