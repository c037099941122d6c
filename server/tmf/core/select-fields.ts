/** A thing with the attributes that were asked for; `id` and `href` always. Dotted ones keep what stands around them. */
export function selectFields(
  thing: Readonly<Record<string, unknown>>,
  fields: readonly string[] | undefined,
): unknown {
  if (fields === undefined) return thing
  return pick(
    thing,
    ['id', 'href', ...fields].map((field) => field.split('.')),
  )
}

function pick(thing: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(thing)) return thing.map((one) => pick(one, paths))
  if (typeof thing !== 'object' || thing === null || paths.some((path) => path.length === 0)) return thing
  return Object.fromEntries(
    Object.entries(thing).flatMap(([name, value]) => {
      const inside = paths.filter(([first]) => first === name).map(([, ...rest]) => rest)
      return inside.length === 0 ? [] : [[name, pick(value, inside)]]
    }),
  )
}
