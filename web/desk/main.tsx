import '@fontsource-variable/golos-text/wght.css'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './app/theme.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startWords } from './app/words.ts'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
// Not awaited at the top: the words come in a file that leans on this one, and each would wait for the other.
startWords()
  .then(() => createRoot(root).render(<App />))
  .catch(() => {
    // There are no words yet to say it with, nor a language to say it in.
    root.textContent = 'Отклик не загрузился: обновите страницу. · Otklik did not load: reload the page.'
  })
