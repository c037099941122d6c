import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Example, Model } from '../model/model.ts'

/** Twenty thousand examples take half a minute on a busy machine. */
const LIMIT_MS = 180_000
const MEMORY_MB = 1_024

/**
 * Trains in a thread of its own: seconds of computing, and nobody waits. Rejects when the examples are too few to tell anything apart, and when
 * it takes too long.
 */
export async function trainInThread(examples: readonly Example[], signal?: AbortSignal): Promise<Model> {
  const worker = openThread(examples)
  let timer: NodeJS.Timeout | undefined
  const aborted = () => void worker.terminate()
  try {
    return await new Promise<Model>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('training took too long')), LIMIT_MS)
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('training ended without a model')))
      signal?.addEventListener('abort', aborted, { once: true })
      if (signal?.aborted) aborted()
    })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', aborted)
    await worker.terminate()
  }
}

/** The built thread is started as it is; run from source, as in tests, it needs the loader of the development server first. */
function openThread(examples: readonly Example[]): Worker {
  const options = { workerData: examples, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } }
  const folder = import.meta.dirname
  if (import.meta.filename.endsWith('.js'))
    return new Worker(path.join(folder, 'training-thread.js'), options)
  const source = pathToFileURL(path.join(folder, 'training-thread.ts')).href
  const loader = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs')
  const start = `import(${JSON.stringify(pathToFileURL(loader).href)}).then(({ tsImport }) => tsImport(${JSON.stringify(source)}, ${JSON.stringify(source)}))`
  return new Worker(start, { ...options, eval: true })
}
