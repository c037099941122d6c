import { resolve } from 'node:path'
import { build, defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname
const target = 'es2022'

/**
 * Adds `widget.js`, the loader: a classic script (document.currentScript tells where it came from) without globals.
 * It is built after the chunks, because it carries their hashed names.
 */
const loader = (): Plugin => ({
  name: 'otklik-loader',
  async generateBundle(_, bundle) {
    const chunks = Object.fromEntries(
      Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' && file.isEntry ? [[file.name, `widget/${file.fileName}`]] : [],
      ),
    )
    const built = await build({
      configFile: false,
      logLevel: 'warn',
      define: { __CHUNKS__: JSON.stringify(chunks) },
      build: {
        write: false,
        target,
        lib: { entry: resolve(here, 'loader/loader.ts'), formats: ['iife'], name: 'otklik' },
      },
    })
    const [output] = Array.isArray(built) ? built : [built]
    if (!output || !('output' in output)) throw new Error('the loader was not built')
    this.emitFile({ type: 'asset', fileName: 'widget.js', source: output.output[0].code })
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
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
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
