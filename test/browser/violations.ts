import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary: string }[]
}

/** What axe-core calls serious or critical, with where and why; open shadow roots are looked into. */
export async function violationsOf(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  // Run by the debugger, which the page's content security policy does not bind.
  await page.evaluate(axe)
  const violations = await page.evaluate<Violation[]>('axe.run().then((found) => found.violations)')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${String(node.target)} ${node.failureSummary}`))
}
