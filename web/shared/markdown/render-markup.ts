import { type Block, type Inline, readMarkup } from '../../../contracts/markup.ts'

/** `createElement` of React, `h` of Preact, or anything like them: children are text or elements, text is never HTML. */
export type CreateElement<N> = (
  tag: string,
  props: Readonly<Record<string, unknown>> | null,
  ...children: (N | string)[]
) => N

export interface MarkupOptions {
  /** The level of the article's own title: what stands below it is one and two levels lower. */
  readonly titleLevel: 1 | 2 | 3
  /** Properties of a link to another article: its `href`, and how it is opened. */
  readonly toArticle: (key: string) => Readonly<Record<string, unknown>> & { readonly href: string }
}

/** Draws an article's body as one element of the class `markup`. */
export function renderMarkup<N>(
  source: string,
  create: CreateElement<N>,
  { titleLevel, toArticle }: MarkupOptions,
): N {
  const inline = (piece: Inline): N | string => {
    switch (piece.kind) {
      case 'text':
        return piece.text
      case 'code':
        return create('code', null, piece.text)
      case 'strong':
        return create('strong', null, ...piece.children.map(inline))
      case 'article':
        return create('a', toArticle(piece.key), piece.text)
      case 'link':
        return create('a', { href: piece.href, ...elsewhere(piece.href) }, piece.text)
    }
  }
  const block = (one: Block): N => {
    switch (one.kind) {
      case 'heading':
        return create(`h${one.level - 1 + titleLevel}`, null, ...one.content.map(inline))
      case 'paragraph':
        return create('p', null, ...one.content.map(inline))
      case 'code':
        return create('pre', null, create('code', null, one.text))
      case 'list':
        return create(
          one.ordered ? 'ol' : 'ul',
          one.ordered && one.start !== 1 ? { start: one.start } : null,
          ...one.items.map((item) => create('li', null, ...item.map(inline))),
        )
    }
  }
  return create('div', { className: 'markup' }, ...readMarkup(source).map(block))
}

/** A page of the web opens beside; a call or a letter does not. */
const elsewhere = (href: string) =>
  href.startsWith('http') ? { target: '_blank', rel: 'noopener noreferrer' } : {}
