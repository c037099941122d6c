import '@fontsource-variable/golos-text/wght.css'
import './app/theme.css'
import { render } from 'preact'
import { App } from './app/app.tsx'
import { retryFailed } from './data/reading.ts'
import { startServiceWorker } from './data/service-worker.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
root.replaceChildren()
render(<App />, root)
startServiceWorker()
window.addEventListener('online', retryFailed)
