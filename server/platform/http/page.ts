/** A page of the documentation: no scripts, nothing from elsewhere, so that the strictest policy lets it be. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${inHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`
}

// Descriptions are CommonMark (OpenAPI 3.1); ours use nothing of it but code.
export function prose(text: string): string {
  return inHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function inHtml(text: string): string {
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
dd { margin: 0 0 .75rem }
`
