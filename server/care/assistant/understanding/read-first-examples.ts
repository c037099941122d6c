import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { FIRST_INTENTS } from './first-intents.ts'
import { type Example, OUT_OF_SCOPE } from './model/model.ts'

const folder = path.join(import.meta.dirname, 'first-examples')

/** The examples that come with the product: a file an intent, one a line, both languages. */
export async function readFirstExamples(): Promise<Example[]> {
  const keys = [...FIRST_INTENTS.map(({ key }) => key), OUT_OF_SCOPE]
  const files = await Promise.all(keys.map((key) => readFile(path.join(folder, `${key}.txt`), 'utf8')))
  return files.flatMap((file, at) =>
    file
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((text) => ({ text, intent: keys[at] ?? OUT_OF_SCOPE })),
  )
}
