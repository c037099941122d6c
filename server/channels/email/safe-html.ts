import sanitizeHtml from 'sanitize-html'
import { mailLimits } from './mail-limits.ts'
import { shallowHtml } from './shallow-html.ts'

/** HTML that may be put into a page of ours, and how many images of other people's servers wait for a click. */
export type SafeHtml = { readonly html: string; readonly remoteImages: number; readonly isCut: boolean }

const tags = (
  'a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em ' +
  'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span ' +
  'strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr'
).split(' ')

const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{5,40}\))$/i
/** Never negative and at most three digits: a box stays where it is and cannot cover others. */
const length =
  /^(?:0|\d{1,3}(?:\.\d{1,2})?(?:px|pt|em|%)?)(?:\s+(?:0|\d{1,3}(?:\.\d{1,2})?(?:px|pt|em|%)?)){0,3}$/
const letters =
  /^(?:\d{1,2}(?:\.\d{1,2})?(?:px|pt)|[0-2](?:\.\d{1,2})?r?em|\d{1,3}%|(?:x{0,2}-)?(?:small|large)|smaller|larger|medium)$/
const border =
  /^(?:\d{1,2}(?:\.\d)?(?:px|pt)|none|solid|dashed|dotted|double|#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{5,40}\)|\s){1,5}$/i

const styles = {
  color: [colour],
  'background-color': [colour],
  'font-size': [letters],
  'font-weight': [/^(?:bold|bolder|lighter|normal|[1-9]00)$/],
  'font-style': [/^(?:italic|oblique|normal)$/],
  'text-decoration': [/^(?:underline|line-through|none)$/],
  'text-align': [/^(?:left|right|center|justify|start|end)$/],
  'vertical-align': [/^(?:top|middle|bottom|baseline)$/],
  'white-space': [/^(?:normal|pre|pre-wrap|pre-line|nowrap)$/],
  padding: [length],
  'padding-left': [length],
  'padding-right': [length],
  'padding-top': [length],
  'padding-bottom': [length],
  margin: [length],
  'margin-left': [length],
  border: [border],
  'border-left': [border],
  'border-top': [border],
  'border-bottom': [border],
  'border-collapse': [/^(?:collapse|separate)$/],
}

const size = /^\d{1,4}%?$/
const inlineImage = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i

/**
 * A mail's HTML without anything that acts, leaves its box or calls home: scripts, handlers, forms, frames, style sheets and foreign
 * images are gone; a foreign image keeps its address in `data-remote-src` until somebody clicks. `attachmentUrl` gives the address of the
 * attachment with a Content-ID, or null when the mail has none such.
 */
export function makeSafeHtml(html: string, attachmentUrl: (contentId: string) => string | null): SafeHtml {
  const bounded = shallowHtml(html.slice(0, mailLimits.htmlChars))
  let remoteImages = 0
  const safe = sanitizeHtml(bounded, {
    allowedTags: tags,
    nonTextTags: [
      'head',
      'title',
      'style',
      'script',
      'noscript',
      'template',
      'textarea',
      'option',
      'svg',
      'math',
      'object',
      'xmp',
    ],
    allowedAttributes: {
      '*': ['style', 'align', 'valign', 'dir', 'lang', 'title'],
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt', 'width', 'height', 'data-remote-src', 'loading'],
      td: ['colspan', 'rowspan', 'width', 'bgcolor'],
      th: ['colspan', 'rowspan', 'width', 'bgcolor'],
      table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
      font: ['color', 'size'],
      ol: ['start', 'type'],
    },
    allowedStyles: { '*': styles },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['https', 'http', 'data', 'cid'] },
    transformTags: {
      a: (tagName, { href = '', title }) => ({ tagName, attribs: linkAttributes(href, title) }),
      img: (tagName, attribs) => {
        const image = imageAttributes(attribs, attachmentUrl)
        if (image['data-remote-src']) remoteImages += 1
        return { tagName, attribs: image }
      },
    },
  })
  return { html: safe, remoteImages, isCut: bounded.length < html.length }
}

/** Only absolute addresses: a relative one would point into our own pages. */
function linkAttributes(href: string, title: string | undefined): Record<string, string> {
  const target = href.trim()
  if (!/^(?:https?|mailto|tel):/i.test(target) || !URL.canParse(target)) return {}
  return { href: target, target: '_blank', rel: 'noopener noreferrer nofollow', ...(title ? { title } : {}) }
}

function imageAttributes(
  attributes: Record<string, string>,
  attachmentUrl: (contentId: string) => string | null,
): Record<string, string> {
  const { alt = '', width = '', height = '', src = '' } = attributes
  const look = { alt, ...(size.test(width) ? { width } : {}), ...(size.test(height) ? { height } : {}) }
  const source = src.trim()
  if (/^cid:/i.test(source)) {
    const url = attachmentUrl(contentIdOf(source))
    return url === null ? look : { ...look, src: url, loading: 'lazy' }
  }
  if (inlineImage.test(source)) return { ...look, src: source }
  const remote = source.startsWith('//') ? `https:${source}` : source
  return /^https?:/i.test(remote) && URL.canParse(remote) ? { ...look, 'data-remote-src': remote } : look
}

function contentIdOf(source: string): string {
  const id = source.slice('cid:'.length)
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
