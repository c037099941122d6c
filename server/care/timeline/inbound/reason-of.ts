import { OriginalMissing } from './originals.ts'

/** The kind of failure in words without personal data: messages of parsers may quote what they read. */
export function reasonOf(error: unknown): string {
  if (error instanceof OriginalMissing) return error.message
  if (error instanceof SyntaxError) return 'the payload is not valid JSON'
  const name = error instanceof Error ? error.name : 'Error'
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  return `${name}${code}`
}
