import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes over the wire, gzip level 9: what a page loads until a message can be sent, for one locale. */
export interface WidgetSize {
  readonly loader: number
  readonly total: number
  /** What opening help adds. */
  readonly help: number
  readonly files: Readonly<Record<string, number>>
}

/**
 * Measures a built widget.
 * @param locale the one locale that the page loads
 * @param folder where `vite build -c web/widget/vite.config.ts` put it
 */
export const measureWidget = async (
  locale: 'ru' | 'en' = 'ru',
  folder = resolve(import.meta.dirname, '../../dist/web/widget'),
): Promise<WidgetSize> => {
  const manifest: Record<string, string> = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const nameOf = (part: string) => {
    const name = manifest[part]
    if (!name) throw new Error(`the widget's manifest does not name its ${part}`)
    return name
  }
  const sizeOf = async (name: string) => gzipSync(await readFile(join(folder, name)), { level: 9 }).length
  const names = ['loader', 'app', locale].map(nameOf)
  const sizes = await Promise.all(names.map(sizeOf))
  return {
    loader: sizes[0] ?? 0,
    total: sizes.reduce((sum, size) => sum + size, 0),
    help: await sizeOf(nameOf('help')),
    files: Object.fromEntries(names.map((name, i) => [name, sizes[i] ?? 0])),
  }
}
