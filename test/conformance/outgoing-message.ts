import type { OutgoingFile, OutgoingMessage } from '../../server/care/timeline/index.ts'

let made = 0

/** A message of ours to this address; words unless told otherwise. */
export function anOutgoingMessage(address: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  made += 1
  return {
    id: `0197f3a0-0000-7000-8000-${String(made).padStart(12, '0')}`,
    laneId: '0197f3a0-0000-7000-9000-000000000001',
    seq: made,
    address,
    text: 'Добрый день!',
    buttons: [],
    files: [],
    inReplyTo: null,
    references: [],
    subject: null,
    automatic: false,
    ...more,
  }
}

export function anOutgoingFile(mediaType: string, bytes: Buffer, name = 'файл'): OutgoingFile {
  const kind = (['image', 'audio', 'video'] as const).find((one) => mediaType.startsWith(`${one}/`)) ?? 'file'
  return { id: name, name, mediaType, kind, read: async () => bytes }
}
