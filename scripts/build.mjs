// Builds dist/: the server's JavaScript beside its SQL and other files, and each web app. `--if-stale` does nothing when the sources are
// those of the last build. Built in a folder of its own and put in place at the end, so a failed build leaves the last good one.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { compressTexts } from './compress.mjs'
import { sourceFiles, stampOf } from './sources.mjs'

const root = path.join(import.meta.dirname, '..')
const target = path.join(root, 'dist')
const building = path.join(root, '.cache', `build-${process.pid}`)
const stamp = stampOf(root)
const stampFile = path.join(target, '.built')

const isFresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
if (!(isFresh && process.argv.includes('--if-stale'))) build()

function build() {
  console.error('Building …')
  try {
    mkdirSync(building, { recursive: true })
    compile()
    copyAssets()
    for (const app of webApps()) bundle(app)
    compressTexts(path.join(building, 'web'))
    writeFileSync(path.join(building, '.built'), stamp)
    rmSync(target, { recursive: true, force: true })
    renameSync(building, target)
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
}

// Types are the business of `npm run check`: a start should neither wait for them nor stop over them.
function compile() {
  node('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', building])
}

function copyAssets() {
  const isAsset = (file) => /^(messages|server|world)\//.test(file) && !/\.(tsx?|md)$/.test(file)
  for (const file of sourceFiles(root).filter(isAsset))
    cpSync(path.join(root, file), path.join(building, file))
}

function webApps() {
  const web = path.join(root, 'web')
  const names = existsSync(web) ? readdirSync(web) : []
  return names.filter((name) => existsSync(path.join(web, name, 'vite.config.ts')))
}

function bundle(app) {
  const outDir = path.join(building, 'web', app)
  node('node_modules/vite/bin/vite.js', [
    'build',
    path.join(root, 'web', app),
    '--outDir',
    outDir,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ])
}

function node(script, args) {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  console.error(`The build failed in ${path.basename(script)}.`)
  rmSync(building, { recursive: true, force: true })
  process.exit(1)
}
