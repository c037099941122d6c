import type { OpenApi, Operation } from './openapi-document.ts'

/** The API description as a page for people: no scripts, nothing from elsewhere, so that the strictest policy lets it be. */
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${inHtml(info.title)} API</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${inHtml(info.title)} API <small>${inHtml(info.version)}</small></h1>
<p>${prose(info.description ?? '')}</p>
<p><a href="/openapi.json">openapi.json</a></p>
<nav>${[...tags, 'schemas'].map((tag) => `<a href="#${inHtml(tag)}">${inHtml(tag)}</a>`).join(' · ')}</nav>
${groups.join('\n')}
<h2 id="schemas">schemas</h2>
${schemas.join('\n')}
</body>
</html>
`
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

// Descriptions are CommonMark (OpenAPI 3.1); ours use nothing of it but code.
function prose(text: string): string {
  return inHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

function tagOf(operation: Operation): string {
  return operation.tags?.[0] ?? 'other'
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --accent: light-dark(#0f766e, #2dd4bf) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
a { color: var(--accent) }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
h3 { font-size: 1em; margin: .5rem 0 0 }
details { border-bottom: 1px solid var(--line); padding: .5rem 0 }
summary { cursor: pointer }
code, pre { font: 13px/1.45 ui-monospace, monospace }
pre { overflow: auto; padding: .75rem; background: #8881; border-radius: 6px }
i { font-style: normal; font-size: 12px; border: 1px solid var(--line); border-radius: 4px; padding: 0 .3em }
small { color: #888 }
`
