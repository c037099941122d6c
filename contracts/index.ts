/**
 * The public language of Otklik: schemas and tables of operations, no I/O.
 * The server serves them, browsers call them, OpenAPI and the tests are generated from them.
 */
import { articles, help } from './articles.ts'
import { assistant, flows } from './assistant.ts'
import { assistantExamples } from './assistant-examples.ts'
import { attachments } from './attachments.ts'
import { catalogue } from './catalogue.ts'
import { channels } from './channels.ts'
import { chat } from './chat.ts'
import { containment } from './containment.ts'
import { conversations } from './conversations.ts'
import { integrations } from './integrations.ts'
import { macros, topics } from './knowledge.ts'
import { lines } from './lines.ts'
import { market, marketConsole } from './market.ts'
import { measures } from './measures.ts'
import { my } from './my.ts'
import { orders } from './orders.ts'
import { payments } from './payments.ts'
import { privacy } from './privacy.ts'
import { search } from './search.ts'
import { staff } from './staff.ts'
import { subscribers } from './subscribers.ts'
import { usage } from './usage.ts'

/** Every operation of the REST API, by domain. */
export const contracts = {
  staff,
  conversations,
  attachments,
  subscribers,
  topics,
  macros,
  search,
  channels,
  chat,
  privacy,
  integrations,
  my,
  measures,
  catalogue,
  lines,
  orders,
  usage,
  payments,
  market,
  marketConsole,
  help,
  articles,
  assistantExamples,
  flows,
  assistant,
  containment,
} as const
