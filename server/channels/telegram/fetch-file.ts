import { z } from 'zod'
import type { ChannelAccountRow } from '../../care/timeline/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { callTelegram, TelegramRefused } from './api.ts'
import type { TelegramDeps } from './deps.ts'
import { botOf } from './settings.ts'

const Remote = z.object({ fileId: z.string() })
const File = z.object({ file_path: z.string() })
const DOWNLOAD_MS = 60_000
/** What a bot can download through api.telegram.org (getFile). */
const TELEGRAM_MAX_BYTES = 20 * 1024 * 1024

/**
 * Brings a file's bytes; Telegram does not vouch for its type (getFile).
 * @throws Refusal payload_too_large · Unavailable · TelegramRefused
 */
export async function fetchFile(
  { outgoing }: TelegramDeps,
  account: ChannelAccountRow,
  remote: Readonly<Record<string, unknown>>,
  maxBytes: number,
): Promise<{ bytes: Buffer }> {
  const bot = botOf(account)
  const { file_path } = File.parse(
    await callTelegram(outgoing, bot, 'getFile', { file_id: Remote.parse(remote).fileId }).catch(
      refuseTooLarge,
    ),
  )
  const path = file_path.split('/').map(encodeURIComponent).join('/')
  const { body } = await outgoing.request({
    url: `${bot.apiBase}/file/bot${bot.token}/${path}`,
    timeoutMs: DOWNLOAD_MS,
    maxBytes,
    expect: (status) => status === 200,
  })
  return { bytes: body }
}

function refuseTooLarge(error: unknown): never {
  const tooLarge = error instanceof TelegramRefused && error.message.includes('file is too big')
  throw tooLarge ? new Refusal('payload_too_large', { maxBytes: TELEGRAM_MAX_BYTES }) : error
}
