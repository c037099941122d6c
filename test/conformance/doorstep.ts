import type { ChannelAccountRow } from '../../server/care/timeline/index.ts'

/** A channel account of a test. */
export function anAccount(
  kind: ChannelAccountRow['kind'],
  settings: Readonly<Record<string, unknown>>,
  secrets: Readonly<Record<string, string>>,
): ChannelAccountRow {
  const id = '0197f3a0-0000-7000-a000-000000000001'
  return { id, kind, name: kind, state: 'active', policy: 'full', settings, secrets }
}

/** What the tests' webhooks are verified by. */
export const WEBHOOK_SECRET = 'test-webhook-secret-1'

export const silentLog = { warn: () => undefined }
