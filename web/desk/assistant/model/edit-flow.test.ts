import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exitsOf } from '../../../../contracts/flow-exits.ts'
import { Flow } from '../../../../contracts/flows.ts'
import { aFlow } from '../../../../test/factories/flows.ts'
import { NODE_KINDS } from './blank-node.ts'
import { connect, insertNode, removeNode, renameNode, renameSlot } from './edit-flow.ts'

const targets = (flow: Flow) => Object.values(flow.nodes).flatMap((node) => exitsOf(node).map(({ to }) => to))
const withNode = aFlow.chain((flow) =>
  fc.record({ flow: fc.constant(flow), id: fc.constantFrom(...Object.keys(flow.nodes)) }),
)

describe('editing a flow', () => {
  test('renames a step everywhere, and back again it is what it was', () => {
    fc.assert(
      fc.property(withNode, ({ flow, id }) => {
        const renamed = renameNode(flow, id, 'other-name')
        expect(targets(renamed)).not.toContain(id)
        expect(Object.keys(renamed.nodes)).toHaveLength(Object.keys(flow.nodes).length)
        expect(renameNode(renamed, 'other-name', id)).toEqual(flow)
      }),
    )
  })

  test('renames nothing to a name that is taken', () => {
    fc.assert(
      fc.property(withNode, ({ flow, id }) => {
        expect(renameNode(flow, id, flow.start)).toBe(flow)
      }),
    )
  })

  test('puts a new step of any kind on a way, and the way goes on where it went', () => {
    fc.assert(
      fc.property(withNode, fc.constantFrom(...NODE_KINDS), ({ flow, id }, kind) => {
        const node = flow.nodes[id]
        const [first] = node ? exitsOf(node) : []
        if (!first) return
        const made = insertNode(flow, { id, exit: first.name }, kind)
        const added = made.flow.nodes[made.id]
        expect(Flow.safeParse(made.flow).success).toBe(true)
        expect(exitsOf(made.flow.nodes[id] as never)[0]?.to).toBe(made.id)
        if (added && exitsOf(added).length > 0)
          expect(exitsOf(added).every(({ to }) => to === first.to)).toBe(true)
      }),
    )
  })

  test('takes a step out, and what led to it leads on to where it led', () => {
    fc.assert(
      fc.property(withNode, ({ flow, id }) => {
        const node = flow.nodes[id]
        const leadsOn = node && exitsOf(node).some(({ to }) => to !== id)
        const left = removeNode(flow, id)
        expect(left.nodes[id]).toBeUndefined()
        if (leadsOn) expect(targets(left)).not.toContain(id)
        expect(Flow.safeParse(left).success).toBe(true)
      }),
    )
  })

  test('leads one way elsewhere and no other', () => {
    fc.assert(
      fc.property(withNode, ({ flow, id }) => {
        const node = flow.nodes[id]
        for (const [at, exit] of (node ? exitsOf(node) : []).entries()) {
          const changed = connect(flow, id, exit.name, 'elsewhere')
          const after = exitsOf(changed.nodes[id] as never).map(({ to }) => to)
          const before = exitsOf(node as never).map(({ to }) => to)
          expect(after).toEqual(before.with(at, 'elsewhere'))
        }
      }),
    )
  })

  test('renames a slot wherever it is spoken of, and back again it is what it was', () => {
    fc.assert(
      fc.property(aFlow, fc.constantFrom('thing', 'sum', 'agreed'), (flow, name) => {
        const renamed = renameSlot(flow, name, 'otherName')
        expect(JSON.stringify(renamed.nodes)).not.toMatch(new RegExp(`"${name}"|\\{${name}\\}`))
        expect(renameSlot(renamed, 'otherName', name)).toEqual(flow)
        expect(renameSlot(flow, name, 'word')).toBe(flow)
      }),
    )
  })
})
