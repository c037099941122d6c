import { z } from 'zod'

/**
 * What a rich message says (Bot API 10.1, RichMessage), as plain lines: its blocks and spans are of some forty kinds, which nest, and all
 * keep their words under these names.
 */
const Span = z.looseObject({
  text: z.unknown().optional(),
  url: z.string().optional(),
  expression: z.string().optional(),
  alternative_text: z.string().optional(),
})
const Block = Span.extend({
  summary: z.unknown().optional(),
  blocks: z.array(z.unknown()).optional(),
  items: z.array(z.looseObject({ label: z.string().optional(), blocks: z.array(z.unknown()) })).optional(),
  cells: z.array(z.array(Span)).optional(),
  caption: z.unknown().optional(),
  credit: z.unknown().optional(),
})

/** Deeper than anybody writes. */
const DEEPEST = 20

/** The words of blocks, a line each; empty lines left out. */
export function richTextOf(blocks: readonly unknown[]): string {
  return linesOf(blocks, 0).join('\n')
}

function linesOf(blocks: readonly unknown[], depth: number): string[] {
  if (depth > DEEPEST) return []
  return blocks.flatMap((raw) => linesOfBlock(raw, depth)).filter((line) => line.trim() !== '')
}

function linesOfBlock(raw: unknown, depth: number): string[] {
  const { data: block } = Block.safeParse(raw)
  if (!block) return []
  const { summary, items = [], blocks = [], cells = [], caption, credit } = block
  return [
    wordsOf(summary, depth),
    wordsOf(block, depth),
    ...items.map((item) =>
      [item.label, linesOf(item.blocks, depth + 1).join('\n')].filter(Boolean).join(' '),
    ),
    ...linesOf(blocks, depth + 1),
    ...cells.map((row) => row.map((cell) => wordsOf(cell, depth)).join(' | ')),
    wordsOf(caption, depth),
    wordsOf(credit, depth),
  ]
}

/** A span is a string, several spans, or one with a look, whose words stand inside. */
function wordsOf(span: unknown, depth: number): string {
  if (typeof span === 'string') return span
  if (depth > DEEPEST) return ''
  if (Array.isArray(span)) return span.map((one) => wordsOf(one, depth + 1)).join('')
  const { data } = Span.safeParse(span)
  if (!data) return ''
  const words = wordsOf(data.text, depth + 1) || data.expression || data.alternative_text || ''
  return data.url === undefined || data.url === words ? words : `${words} (${data.url})`
}
