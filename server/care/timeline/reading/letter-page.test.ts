import { describe, expect, test } from 'vitest'
import { LETTER_HEADERS, letterPage, remoteImageAt } from './letter-page.ts'

const REMOTE =
  '<img alt="a" data-remote-src="https://x.example/a.png?b=1&amp;c=2"><img data-remote-src="https://x.example/b.png">'

describe('a letter', () => {
  test('asks nothing of foreign servers, whether their images are shown or not', () => {
    const still = letterPage(REMOTE, { files: [], imageUrl: null })
    expect(still).not.toContain('x.example')
    expect(still).toContain('<body><span class="image">a</span></body>')
    const page = letterPage(REMOTE, { files: [], imageUrl: (place) => `/images/${place}` })
    expect(page).toContain('<img alt="a" src="/images/0"><img src="/images/1">')
    expect(page).not.toContain('x.example')
  })

  test('shows the images that came with it', () => {
    const files = [{ contentId: 'logo@x', url: '/api/v1/attachments/1', state: 'ready' as const }]
    const page = letterPage('<img src="cid:logo%40x"><img src="cid:lost">', { files, imageUrl: null })
    expect(page).toContain('<img src="/api/v1/attachments/1"><img>')
  })

  test('tells where its foreign images are', () => {
    expect(remoteImageAt(REMOTE, 0)).toBe('https://x.example/a.png?b=1&c=2')
    expect(remoteImageAt(REMOTE, 2)).toBeUndefined()
  })

  test('may run nothing and send nothing', () => {
    const policy = LETTER_HEADERS['content-security-policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'none'")
    expect(policy).not.toMatch(/script|https?:/)
  })
})
