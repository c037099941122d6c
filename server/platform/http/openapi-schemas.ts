import { OpenApi } from './openapi-document.ts'

type Schemas = Readonly<Record<string, unknown>>

/** What the generator adds to the name of a shape where that is asked for rather than answered. */
const ASKED = 'Input'
const REFERENCE = /"#\/components\/schemas\/(\w+)"/g

/**
 * One name a shape, for those who generate clients: schemas that nothing leads to are left out, and what is asked for has a name of its own
 * only where it differs from what is answered.
 */
export function tidySchemas(document: OpenApi): OpenApi {
  const all = document.components.schemas ?? {}
  const used = reachable(document.paths, all)
  const renamed = namedAlike(all, used)
  const schemas = Object.fromEntries(
    [...used]
      .filter((name) => !renamed.has(name) || !used.has(plain(name)))
      .sort()
      .map((name) => [renamed.has(name) ? plain(name) : name, all[name]]),
  )
  const tidy = { ...document, components: { ...document.components, schemas } }
  const text = JSON.stringify(tidy).replace(REFERENCE, (whole, name: string) =>
    renamed.has(name) ? `"#/components/schemas/${plain(name)}"` : whole,
  )
  return OpenApi.parse(JSON.parse(text))
}

const plain = (name: string): string => name.slice(0, -ASKED.length)

const referencesOf = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(REFERENCE)].flatMap(([, name]) => name ?? [])

function reachable(from: unknown, schemas: Schemas): Set<string> {
  const found = new Set<string>()
  const open = referencesOf(from)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    open.push(...referencesOf(schemas[name]))
  }
  return found
}

/** Names of what is asked for that can do without their ending: nothing like them is answered, or just the same. */
function namedAlike(all: Schemas, used: ReadonlySet<string>): Set<string> {
  const alike = new Set([...used].filter((name) => name.endsWith(ASKED) && plain(name) in all))
  const isSame = (name: string) => textOf(all[name], alike) === textOf(all[plain(name)], alike)
  // Whether one is the same may hang on another that it holds: until nothing changes any more.
  for (let before = 0; before !== alike.size; ) {
    before = alike.size
    for (const name of alike) if (used.has(plain(name)) && !isSame(name)) alike.delete(name)
  }
  return alike
}

/** A schema as text in which those that are named alike are one. */
const textOf = (schema: unknown, alike: ReadonlySet<string>): string =>
  JSON.stringify(schema).replace(REFERENCE, (whole, name: string) =>
    alike.has(name) ? `"${plain(name)}"` : whole.replace('#/components/schemas/', ''),
  )
