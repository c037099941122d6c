import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname
const server = process.env.MY_API ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: here,
  base: '/my/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // No data: URLs: the content security policy allows the app's own origin only.
  build: {
    target: 'es2022',
    outDir: resolve(here, '../../dist/web/my'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Shapes and routes of the contracts that no screen of this app asks for stay out, though a file beside them is used.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/contracts\//, sideEffects: false }] } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/realtime': { target: server, ws: true } } },
})
