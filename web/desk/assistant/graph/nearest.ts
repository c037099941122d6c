import type { PlacedNode } from './lay-out.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const AXIS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] } as const
/** Steps aside count more than steps ahead. */
const ASIDE = 2.5

/** The step that lies nearest in a direction, as eyes see it. Undefined: there is none. */
export function nearestIn(
  nodes: readonly PlacedNode[],
  from: string,
  direction: Direction,
): string | undefined {
  const here = nodes.find(({ id }) => id === from)
  if (!here) return nodes[0]?.id
  const [dx, dy] = AXIS[direction]
  let best: { readonly id: string; readonly far: number } | undefined
  for (const { id, x, y } of nodes) {
    const ahead = (x - here.x) * dx + (y - here.y) * dy
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx)
    if (id === from || ahead <= 8 || (dy !== 0 && aside > ahead * ASIDE)) continue
    const far = ahead + aside * ASIDE
    if (!best || far < best.far) best = { id, far }
  }
  return best?.id
}
