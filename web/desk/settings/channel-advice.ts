import type { ChannelKind } from '../../../contracts/channels.ts'

/** What a trouble of a door asks to look at; in the order in which they are tried. */
const ADVICE = [
  ['host', /^(ENOTFOUND|EAI_\w+)$/],
  ['port', /^(timeout|ECONN\w+|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/],
  ['path', /^status (404|405)$/],
  ['mail', /^(imap|smtp)_unreachable$/],
  ['mailPassword', /^(imap|smtp)_login_refused$/],
  ['token', /^channel_token_revoked$/],
  ['outside', /^webhook_failing$/],
  ['inner', /^private_address$/],
  ['certificate', /^(SELF_SIGNED_CERT_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|CERT_\w+)$/],
  ['tls', /^(ERR_SSL_\w+|ERR_TLS_\w+|EPROTO)$/],
] as const

export type ChannelAdvice = (typeof ADVICE)[number][0]

/** What whoever set the door up may look at; null where its reason says it all. */
export function adviceFor(reason: string): ChannelAdvice | null {
  return ADVICE.find(([, words]) => words.test(reason))?.[0] ?? null
}

/** Doors of our own: nobody outside has to answer for them. */
export const isOurs = (kind: ChannelKind) => kind === 'web-chat' || kind === 'my'
