import { describe, expect, test } from 'vitest'
import { answerTextOf } from './answer-text.ts'

describe('an article as an answer', () => {
  test('is plain words: steps stay steps, and what was a link can still be followed', () => {
    const body =
      '## Шаги\n1. **Нажмите** `*#06#`\n2. [Сайт](https://volna.example/)\n\nЗвоните [112](tel:112) · [eSIM](article:esim)'
    expect(answerTextOf(body, 'https://care.example')).toBe(
      'Шаги\n1. Нажмите *#06#\n2. Сайт (https://volna.example/)\nЗвоните 112 · eSIM (https://care.example/my/help/esim)',
    )
  })
})
