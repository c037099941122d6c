import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const server = process.env.DESK_API ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: here('.'),
  base: '/desk/',
  plugins: [react()],
  // No data: URLs: the desk's content security policy allows its own origin only.
  build: {
    outDir: here('../../dist/web/desk'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first screen needs is one file: a hundred small ones cost a hundred answers, each as late as the network is slow.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': server, '/realtime': { target: server, ws: true } } },
})
