import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  base: '/demo/',
  build: {
    target: 'es2022',
    outDir: resolve(here, '../../dist/web/site'),
    emptyOutDir: true,
    // Nothing inline, so that the page's content policy needs no exception.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { ru: resolve(here, 'index.html'), en: resolve(here, 'en/index.html') } },
  },
})
