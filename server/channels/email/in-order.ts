import type { FetchedMail } from './fetch-mails.ts'

/**
 * Hands mails in side by side, those of one sender one after the other. Resolves when all are in; rejects with the first failure,
 * once nothing is under way any more.
 */
export async function inOrder(
  mails: readonly FetchedMail[],
  abreast: number,
  signal: AbortSignal,
  handIn: (source: Buffer) => Promise<void>,
): Promise<void> {
  const waiting = bySender(mails)
  let failed: { readonly error: unknown } | undefined
  const work = async () => {
    for (let group = waiting.shift(); group && !failed; group = waiting.shift()) {
      for (const { source } of group) {
        if (failed || signal.aborted) return
        await handIn(source).catch((error: unknown) => {
          failed ??= { error }
        })
      }
    }
  }
  await Promise.all(Array.from({ length: abreast }, work))
  if (failed) throw failed.error
}

function bySender(mails: readonly FetchedMail[]): FetchedMail[][] {
  const groups = new Map<string, FetchedMail[]>()
  for (const mail of mails) {
    const sender = senderIn(mail.source)
    const group = groups.get(sender)
    if (group) group.push(mail)
    else groups.set(sender, [mail])
  }
  return [...groups.values()]
}

const HEAD_BYTES = 32 * 1024

/** Enough of the From to tell senders apart; whose it really is, the parser finds out. */
function senderIn(source: Buffer): string {
  const head = source.subarray(0, HEAD_BYTES).toString('latin1')
  const from = /^from:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(head)?.[1] ?? ''
  return (/[^\s<>"]+@[^\s<>"]+/.exec(from)?.[0] ?? from).toLowerCase()
}
