import { describe, expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'
import { recogniseMachine } from './recognise-machine.ts'

const own = { loopMark: 'otklik-1', addresses: ['support@example.ru'] }
const verdict = async (head: string) =>
  recogniseMachine(await parseMail(Buffer.from(`${head}\r\nSubject: x\r\n\r\nx`)), own)

describe('a mail of a machine', () => {
  test.each([
    ['Auto-Submitted: auto-replied', 'auto-submitted'],
    ['Auto-Submitted: Auto-Generated; type=x', 'auto-submitted'],
    ['Precedence: bulk', 'precedence'],
    ['Precedence: JUNK', 'precedence'],
    ['Precedence: list', 'precedence'],
    ['Precedence: auto_reply', 'precedence'],
    ['List-Id: <news.example.com>', 'mailing-list'],
    ['List-Unsubscribe: <mailto:x@y.z>', 'mailing-list'],
    ['Return-Path: <>', 'null-return-path'],
    ['X-Autoreply: yes', 'auto-reply-header'],
    ['X-Autorespond: out of office', 'auto-reply-header'],
    ['X-Loop: otklik-1', 'own-loop-mark'],
    ['From: MAILER-DAEMON@example.com', 'robot-sender'],
    ['From: postmaster@example.com', 'robot-sender'],
    ['From: Bank <no-reply@bank.example>', 'robot-sender'],
    ['From: noreply-orders@bank.example', 'robot-sender'],
    ['From: do_not_reply@bank.example', 'robot-sender'],
    ['From: Support@EXAMPLE.ru', 'own-address'],
    ['From: support+abc@example.ru', 'own-address'],
  ])('is known by «%s»', async (head, why) => {
    expect(await verdict(head)).toEqual({ machine: true, why })
  })
})

describe('a mail of a person', () => {
  test.each([
    'From: ivan@example.ru',
    'Auto-Submitted: no',
    'Auto-Submitted: No (a person)',
    'X-Auto-Response-Suppress: All',
    'Precedence: first-class',
    'Return-Path: <ivan@example.ru>',
    'X-Loop: somebody-else',
    'From: noreplay@example.ru',
    'From: support@example.com',
    'From: supporter@example.ru',
  ])('may have «%s»', async (head) => {
    expect(await verdict(head)).toEqual({ machine: false })
  })
})
