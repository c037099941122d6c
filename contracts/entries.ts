import { z } from 'zod'
import { ChannelKind } from './channels.ts'
import { MarketOnTimeline } from './market.ts'
import { Order } from './orders.ts'
import { Id, Instant, Seq } from './primitives.ts'

/** A file on the timeline. The type was judged from the bytes; `url` needs the reader's own right to the lane. */
export const Attachment = z
  .object({
    id: Id,
    name: z.string(),
    mediaType: z.string(),
    bytes: z.number().int(),
    kind: z.enum(['image', 'audio', 'video', 'file']),
    state: z.enum(['ready', 'pending', 'failed', 'erased']),
    reason: z.string().optional().describe('why it failed: a code of problems'),
    url: z.string(),
    width: z.number().int().optional(),
    height: z.number().int().optional(),
    contentId: z.string().optional().describe('what the HTML of a mail calls it by (`cid:`)'),
    replaced: z.boolean().optional().describe('an edit has put another in its place, or none'),
  })
  .meta({ id: 'Attachment' })
export type Attachment = z.infer<typeof Attachment>

/** A button under a message; pressing it sends `payload` back as the person's own words. */
export const Button = z
  .object({ title: z.string().min(1).max(80), payload: z.string().min(1).max(64) })
  .meta({ id: 'Button' })
export type Button = z.infer<typeof Button>

/** An order as the timeline keeps it: numbers of other people in the request are masked for staff. */
export const OrderOnTimeline = Order.extend({ request: z.looseObject({ kind: z.string() }) }).meta({
  id: 'OrderOnTimeline',
})
export type OrderOnTimeline = z.infer<typeof OrderOnTimeline>

/** What of a mail was too much to stand on the timeline; `rest` is what follows after its first thirty megabytes. */
export const MailCutShown = z
  .enum(['rest', 'subject', 'text', 'quoted', 'html', 'recipients', 'attachments'])
  .meta({ id: 'MailCutShown' })
export type MailCutShown = z.infer<typeof MailCutShown>

/** What was said or happened. Bodies stand apart from the skeleton and can be erased. */
export const EntryBody = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('message'),
      text: z.string(),
      attachmentIds: z.array(Id).optional(),
      by: z.string().optional().describe('the other system that wrote it, as its token is named'),
      buttons: z.array(Button).optional(),
      choice: z.string().optional().describe('payload of the button that was pressed to say this'),
      location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
      contact: z.object({ name: z.string(), msisdn: z.string(), proved: z.boolean() }).optional(),
      replyTo: z.object({ seq: Seq, excerpt: z.string() }).optional(),
      forwarded: z
        .object({ from: z.string().nullable() })
        .optional()
        .describe('passed on by the person: others’ words, and whose, where the channel says it'),
      about: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('refund'), lineId: Id, connectedId: Id, code: z.string() }),
          z.object({ kind: z.literal('deal'), lineId: Id, dealId: Id, number: z.number().int() }),
        ])
        .optional()
        .describe(
          'what it was sent from: the paid subscription whose money is asked back, a deal of the Market',
        ),
      thread: z
        .object({ laneId: Id, seq: z.number().int() })
        .optional()
        .describe(
          'a message of ours that this one provably answers, whoever sent it; `seq` 0 = only its lane is proved',
        ),
      mail: z
        .object({
          subject: z.string(),
          from: z.string(),
          to: z.array(z.string()),
          answerTo: z
            .array(z.string())
            .optional()
            .describe(
              'other addresses that the sender asks to be answered at (Reply-To); answers go to `from` all the same',
            ),
          quoted: z.string().optional(),
          signature: z.string().optional(),
          html: z.string().optional().describe('sanitised; remote images wait for a click'),
          remoteImages: z.number().int().optional(),
          cuts: z.array(MailCutShown).optional(),
          outlookOnly: z
            .boolean()
            .optional()
            .describe('a file of it (winmail.dat, TNEF) holds files or text that Outlook alone can read'),
          machine: z.string().optional().describe('why it was taken for a machine (RFC 3834)'),
          authentication: z.object({ spf: z.string(), dkim: z.string(), dmarc: z.string() }).optional(),
        })
        .optional(),
    }),
    z.object({
      type: z.literal('note'),
      text: z.string(),
      words: z
        .object({ ru: z.string(), en: z.string() })
        .optional()
        .describe('the same in the languages of the desk, where the house itself wrote it'),
    }),
    z.object({ type: z.literal('edit'), text: z.string() }).describe('supersedes an earlier message'),
    z.object({ type: z.literal('deletion') }).describe('supersedes an earlier message'),
    z.object({ type: z.literal('mark'), mark: z.string(), facts: z.record(z.string(), z.unknown()) }),
    z
      .object({ type: z.literal('order'), order: OrderOnTimeline })
      .describe('what was done to a line; a later state of the same order supersedes the first entry'),
    z.object({ type: z.literal('market'), market: MarketOnTimeline }),
  ])
  .meta({ id: 'EntryBody' })
export type EntryBody = z.infer<typeof EntryBody>

export const Author = z
  .object({
    kind: z.enum(['subscriber', 'agent', 'assistant', 'system']),
    id: Id.nullable(),
    name: z.string().nullable(),
  })
  .meta({ id: 'Author' })

/**
 * Where an outgoing message stands. It never goes backwards:
 * held → queued → sending → sent → delivered → read, or cancelled | failed | unknown.
 */
export const DeliveryState = z
  .enum(['held', 'cancelled', 'queued', 'sending', 'unknown', 'failed', 'sent', 'delivered', 'read'])
  .meta({ id: 'DeliveryState' })
export type DeliveryState = z.infer<typeof DeliveryState>

export const Delivery = z
  .object({
    messageId: Id,
    state: DeliveryState,
    reason: z.string().nullable().describe('a code with a text in messages/, or the words of the provider'),
    retryable: z.boolean(),
    attempts: z.number().int(),
    nextAttemptAt: Instant.nullable(),
    afterUnconfirmed: z.boolean().describe('sent although an earlier message of this lane is unconfirmed'),
    changedAt: Instant,
  })
  .meta({ id: 'Delivery' })
export type Delivery = z.infer<typeof Delivery>

/** One item of a lane as the desk shows it. Order: `seq` within a lane; lanes merge by `storedAt`, then lane, then seq. */
export const Entry = z
  .object({
    laneId: Id,
    seq: Seq,
    kind: z.enum(['message', 'note', 'edit', 'deletion', 'mark', 'order', 'market']),
    direction: z.enum(['in', 'out', 'internal']),
    channel: ChannelKind.nullable(),
    author: Author,
    body: EntryBody.nullable().describe('null = erased'),
    attachments: z.array(Attachment),
    supersedes: Seq.nullable(),
    providerAt: Instant.nullable(),
    receivedAt: Instant,
    storedAt: Instant,
    late: z.boolean(),
    conversationId: Id.nullable(),
    delivery: Delivery.nullable(),
  })
  .meta({ id: 'Entry' })
export type Entry = z.infer<typeof Entry>

export const AgentName = z.object({ id: Id, name: z.string() }).meta({ id: 'AgentName' })

/** A message that has not left yet: it can still be taken back until `releaseAt`. */
export const HeldMessage = z
  .object({
    id: Id,
    conversationId: Id,
    laneId: Id,
    author: AgentName,
    text: z.string(),
    attachmentIds: z.array(Id),
    releaseAt: Instant,
  })
  .meta({ id: 'HeldMessage' })
export type HeldMessage = z.infer<typeof HeldMessage>
