import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { build, defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const target = 'es2022'
const jsx = { runtime: 'automatic', importSource: 'preact' } as const

/** Builds a script by itself: it shares no chunk with others. */
const buildAlone = async (entry: string, format: 'iife' | 'es', define = {}): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    oxc: { jsx },
    build: {
      write: false,
      target,
      modulePreload: false,
      rollupOptions: {
        input: resolve(here, entry),
        preserveEntrySignatures: 'strict',
        output: { format, ...(format === 'iife' && { name: 'otklik' }) },
      },
    },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`)
  return output.output[0].code
}

const nameOf = (part: string, code: string): string =>
  `${part}-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`

/**
 * Adds help, which is loaded when it is opened, and `widget.js`, the loader: a classic script (document.currentScript tells where it came
 * from) without globals. It is built after the chunks, because it carries their hashed names. Help brings its own Preact: were it to share
 * a chunk with the chat, a chat that was loaded again under another address, because the first attempt failed, would be there twice.
 */
const loader = (): Plugin => ({
  name: 'otklik-loader',
  async generateBundle(_, bundle) {
    const help = await buildAlone('help/mount-help.tsx', 'es')
    const helpName = nameOf('help', help)
    this.emitFile({ type: 'asset', fileName: helpName, source: help })
    const chunks = Object.fromEntries(
      Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' && file.isEntry ? [[file.name, `widget/${file.fileName}`]] : [],
      ),
    )
    chunks.help = `widget/${helpName}`
    const script = await buildAlone('loader/loader.ts', 'iife', { __CHUNKS__: JSON.stringify(chunks) })
    this.emitFile({ type: 'asset', fileName: 'widget.js', source: script })
    this.emitFile({
      type: 'asset',
      fileName: 'manifest.json',
      source: JSON.stringify({ loader: 'widget.js', ...chunks }, null, 2).replaceAll('widget/', ''),
    })
  },
})

export default defineConfig({
  root: here,
  base: '/widget/',
  oxc: { jsx },
  plugins: [loader()],
  build: {
    target,
    outDir: resolve(here, '../../dist/web/widget'),
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      input: {
        app: resolve(here, 'view/mount.tsx'),
        ru: resolve(here, 'locales/ru.ts'),
        en: resolve(here, 'locales/en.ts'),
      },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
