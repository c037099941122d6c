/**
 * Help articles on a screen, whatever the app is made with: the markup drawn through the app's own `createElement`, found places as
 * pieces, and where an article lives.
 * Invariants: words reach the page as text alone, never as HTML; no element but the few of `render-markup.ts`; no address but those
 * that the language of articles allows.
 * `markup.css` makes it look right: it takes `--markup-link`, `--markup-line`, `--markup-soft` and the font from around it.
 */
export { articleKeyOf, articlePath } from './article-address.ts'
export { type Piece, piecesOf } from './pieces.ts'
export { type CreateElement, type MarkupOptions, renderMarkup } from './render-markup.ts'
