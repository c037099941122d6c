// `npm run -s bench -- NAME [--json]` runs one benchmark of bench/; without a name it lists them. Only the benchmark writes to stdout.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..')
const folder = path.join(root, 'bench')
const [name, ...args] = process.argv.slice(2)
const known = existsSync(folder)
  ? readdirSync(folder)
      .filter(isBenchmark)
      .map((file) => path.basename(file, '.ts'))
  : []

if (name === undefined || name.startsWith('-')) {
  for (const benchmark of known) console.log(`${benchmark.padEnd(16)}${purposeOf(benchmark)}`)
} else if (known.includes(name)) {
  run('scripts/ensure.mjs', ['build'], 2)
  run(`dist/bench/${name}.js`, args, 'inherit')
} else {
  console.error(`There is no benchmark "${name}". There are: ${known.join(', ') || 'none yet'}.`)
  process.exit(1)
}

function isBenchmark(file) {
  return file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts')
}

// The first line of the comment that opens the file.
function purposeOf(benchmark) {
  const text = readFileSync(path.join(folder, `${benchmark}.ts`), 'utf8')
  return /^\/\*\*\s*(?:\n \* )?(.*?)\s*(?:\*\/)?$/m.exec(text)?.[1] ?? ''
}

function run(script, scriptArgs, stdout) {
  const done = spawnSync(process.execPath, [script, ...scriptArgs], {
    cwd: root,
    stdio: ['inherit', stdout, 'inherit'],
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
}
