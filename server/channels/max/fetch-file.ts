import { z } from 'zod'
import type { ChannelAccountRow } from '../../care/timeline/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { callMax } from './api.ts'
import type { MaxDeps } from './deps.ts'
import { botOf } from './settings.ts'

const Remote = z.object({ url: z.string(), videoToken: z.string().optional() })
const DOWNLOAD_MS = 60_000

/** Films in their sizes, the best first (`GET /videos/{videoToken}`). */
const sizes = ['mp4_1080', 'mp4_720', 'mp4_480', 'mp4_360', 'mp4_240', 'mp4_144'] as const
const Video = z.object({ urls: z.record(z.string(), z.string().nullable()).nullish() })

/**
 * Brings a file's bytes. The address is the permission, no token goes with it. A film's address may lead to a page that plays it; then the
 * film itself is asked for.
 * @throws Refusal payload_too_large · private_address · Unavailable · MaxRefused
 */
export async function fetchFile(
  deps: MaxDeps,
  account: ChannelAccountRow,
  remote: Readonly<Record<string, unknown>>,
  maxBytes: number,
): Promise<{ bytes: Buffer; declaredType?: string }> {
  const { url, videoToken } = Remote.parse(remote)
  const found = await download(deps, url, maxBytes)
  if (videoToken === undefined || !found.declaredType?.startsWith('text/html')) return found
  return download(deps, await filmOf(deps, account, videoToken), maxBytes)
}

async function download({ outgoing }: MaxDeps, url: string, maxBytes: number) {
  const expect = (status: number) => status === 200
  const { body, headers } = await outgoing.request({ url, timeoutMs: DOWNLOAD_MS, maxBytes, expect })
  const declaredType = headers['content-type']
  return { bytes: body, ...(declaredType !== undefined && { declaredType }) }
}

async function filmOf(deps: MaxDeps, account: ChannelAccountRow, token: string): Promise<string> {
  const path = `/videos/${encodeURIComponent(token)}`
  const { urls } = Video.parse(await callMax(deps, botOf(account), { method: 'GET', path }))
  const url = sizes.map((size) => urls?.[size]).find((one) => typeof one === 'string')
  if (!url) throw new Unavailable('MAX', { reason: 'no film yet', mayHaveArrived: false })
  return url
}
