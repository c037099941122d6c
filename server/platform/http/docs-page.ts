import type { OpenApi, Operation } from './openapi-document.ts'
import { inHtml, page, prose } from './page.ts'

/** The API description as a page for people. */
export function docsPage({ info, paths, components }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => tagOf(operation)))].sort()
  const groups = tags.map((tag) => {
    const own = operations.filter(({ operation }) => tagOf(operation) === tag)
    return `<h2 id="${inHtml(tag)}">${inHtml(tag)}</h2>${own.map(operationHtml).join('')}`
  })
  const schemas = Object.entries(components.schemas ?? {}).map(
    ([name, schema]) =>
      `<details id="schema-${inHtml(name)}"><summary><b>${inHtml(name)}</b></summary>${json(schema)}</details>`,
  )
  return page(
    `${info.title} API`,
    `<h1>${inHtml(info.title)} API <small>${inHtml(info.version)}</small></h1>
<p>${prose(info.description ?? '')}</p>
<p><a href="/openapi.json">openapi.json</a> · <a href="/problems">problems</a></p>
<nav>${[...tags, 'schemas'].map((tag) => `<a href="#${inHtml(tag)}">${inHtml(tag)}</a>`).join(' · ')}</nav>
${groups.join('\n')}
<h2 id="schemas">schemas</h2>
${schemas.join('\n')}`,
  )
}

interface Listed {
  readonly path: string
  readonly method: string
  readonly operation: Operation
}

function operationHtml({ path, method, operation }: Listed): string {
  const { operationId = '', summary = '', parameters, requestBody, responses } = operation
  const access = (operation['x-access'] ?? []).map((who) => `<i>${inHtml(who)}</i>`).join(' ')
  const parts = [part('Parameters', parameters), part('Body', requestBody), part('Answers', responses)]
  return `<details id="${inHtml(operationId)}"><summary><code>${inHtml(method.toUpperCase())} ${inHtml(path)}</code> ${access}<br>${prose(summary)}</summary>${parts.join('')}</details>`
}

function part(title: string, value: unknown): string {
  return value === undefined ? '' : `<h3>${title}</h3>${json(value)}`
}

// References become links to the schemas below.
function json(value: unknown): string {
  return `<pre>${inHtml(JSON.stringify(value, null, 2)).replace(
    /#\/components\/schemas\/(\w+)/g,
    '<a href="#schema-$1">$1</a>',
  )}</pre>`
}

function tagOf(operation: Operation): string {
  return operation.tags?.[0] ?? 'other'
}
