import { z } from 'zod'

/** A file as the phone page and tests hand it over; on the wire of a service it travels as that service wants. */
export const sentFile = z.object({
  name: z.string().min(1).max(255),
  type: z.string().min(1),
  base64: z.string(),
})
export type SentFile = z.infer<typeof sentFile>

export const mediaKind = z.enum(['photo', 'voice', 'video', 'document'])
export type MediaKind = z.infer<typeof mediaKind>

/** Everything that a person can do on the phone. A service refuses what it has no such thing for. */
export const act = z.discriminatedUnion('act', [
  z.object({ act: z.literal('start'), payload: z.string().max(512).optional() }),
  z.object({ act: z.literal('text'), text: z.string(), replyTo: z.string().optional() }),
  z.object({
    act: z.literal('media'),
    kind: mediaKind,
    /** More than one photo makes an album. */
    files: z.array(sentFile).min(1).max(10),
    text: z.string().optional(),
  }),
  /** `own`: the person's number, with the service's proof; `other`: someone else's card; `forged`: a wrong proof. */
  z.object({ act: z.literal('contact'), whose: z.enum(['own', 'other', 'forged']).default('own') }),
  z.object({
    act: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  /** Presses a button of a message, or of the keyboard under the input line (`messageId: 'keyboard'`). */
  z.object({
    act: z.literal('press'),
    messageId: z.string(),
    row: z.number().int().min(0),
    column: z.number().int().min(0),
  }),
  /** Changes the words, the file (where the service lets one), or both. */
  z.object({
    act: z.literal('edit'),
    messageId: z.string(),
    text: z.string().optional(),
    file: sentFile.optional(),
  }),
  z.object({ act: z.literal('delete'), messageId: z.string() }),
  z.object({ act: z.literal('block') }),
  z.object({ act: z.literal('unblock') }),
  z.object({
    act: z.literal('mail'),
    subject: z.string(),
    text: z.string(),
    /** Id of the mail that this answers. */
    replyTo: z.string().optional(),
    files: z.array(sentFile).max(10).default([]),
    /** Writes somebody else's address into From; the provider marks that it fails DMARC. */
    pretendFrom: z.email().optional(),
  }),
])
export type Act = z.infer<typeof act>
export type ActInput = z.input<typeof act>
export type ActNamed<Name extends Act['act']> = Extract<Act, { act: Name }>

/** The person cannot do this here; `reason` is for whoever drives the phone. */
export class CannotAct extends Error {
  readonly status: number
  constructor(reason: string, status = 409) {
    super(reason)
    this.status = status
  }
}
