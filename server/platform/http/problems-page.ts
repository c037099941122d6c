import { inHtml, page, prose } from './page.ts'
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds.ts'

const kinds: ReadonlyMap<string, ProblemKind> = new Map(Object.entries(PROBLEM_KINDS))

/** All codes with their statuses and what they mean. */
export function problemsPage(): string {
  const all = [...kinds].map(
    ([code, { status, means }]) =>
      `<dt><a href="/problems/${code}"><code>${code}</code></a> <small>${status}</small><dd>${prose(means)}`,
  )
  return page(
    'Problems',
    `<h1>Problems</h1>
<p>Every refusal is a problem document (RFC 9457). Decide by its <code>code</code>; <code>facts</code> holds what a program needs.</p>
<dl>
${all.join('\n')}
</dl>`,
  )
}

/** What the `type` of a problem document leads to; undefined: there is no such code. */
export function problemPage(code: string): string | undefined {
  const kind = kinds.get(code)
  if (!kind) return undefined
  return page(
    code,
    `<h1><code>${inHtml(code)}</code> <small>${kind.status}</small></h1>
<p>${prose(kind.means)}</p>
<p><a href="/problems">All problems</a></p>`,
  )
}
