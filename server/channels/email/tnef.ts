import type { MailAttachment } from './parse-mail.ts'

/** The first four bytes of a TNEF stream, little-endian ([MS-OXTNEF] §2.1.3.1, `TNEFSignature`). */
const SIGNATURE = 0x22_3e_9f_78

/**
 * Is this Outlook's own wrapping of a mail (`winmail.dat`), whatever it is called? It is not opened: the one library on npm that reads it
 * (node-tnef 1.4.0, 2022) replaces `String.prototype.replaceAll` of the whole process and holds each byte as a number in an array, which a
 * stranger's 30 MB must not do to a server; and the text inside is mostly compressed RTF, which nothing kept and permissive turns into words.
 * So the file stands beside the mail as it is, and the agent is told to ask for the files in another way.
 */
export function isForOutlook({ bytes }: Pick<MailAttachment, 'bytes'>): boolean {
  if (bytes.length < 6) return false
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true) === SIGNATURE
}
