import type { FastifyInstance } from 'fastify'
import { contracts } from '../../contracts/index.ts'
import {
  type Assistant,
  assistantExamplesHandlers,
  containmentHandlers,
  type ExamplesDeps,
  type FlowsDeps,
  flowsHandlers,
} from '../care/assistant/index.ts'
import { auditHandlers, recordChange } from '../care/audit/index.ts'
import { articlesHandlers, type HelpDeps, helpHandlers, type KnowledgeDeps } from '../care/knowledge/index.ts'
import { type LinesRoom, linesHandlers, ordersHandlers, paymentsHandlers } from '../care/lines/index.ts'
import { macrosHandlers } from '../care/macros/index.ts'
import { type BookWatch, consoleHandlers, type MarketRoom, marketHandlers } from '../care/market/index.ts'
import {
  authenticateSubscriber,
  type MyLive,
  type MyRoom,
  measuresHandlers,
  myHandlers,
} from '../care/my/index.ts'
import { type PrivacyDeps, privacyHandlers } from '../care/privacy/index.ts'
import { searchHandlers } from '../care/search/index.ts'
import type { StaffRoom } from '../care/staff/index.ts'
import { type Subscribers, subscribersHandlers } from '../care/subscribers/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import { topicsHandlers } from '../care/topics/index.ts'
import {
  authenticateVisitor,
  chatHandlers,
  originAllowedForChat,
  type WebChatContext,
} from '../channels/web-chat/index.ts'
import { type OAuthLimits, serveTokenEndpoint } from '../integrations/oauth/index.ts'
import { serviceTokenHandlers } from '../integrations/tokens/index.ts'
import type { Webhooks } from '../integrations/webhooks/index.ts'
import { type CatalogueDeps, catalogueHandlers } from '../operator/catalogue/index.ts'
import { type LinesContext, usageHandlers } from '../operator/lines/index.ts'
import { type PaymentsContext, serveCallbacks } from '../operator/payments/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { type Authenticate, corsForChat, serve } from '../platform/http/index.ts'
import { serveTmf, type TmfRoom } from '../tmf/index.ts'
import { serveLive } from './serve-live.ts'
import { whoCalls } from './who-calls.ts'

export interface House {
  readonly db: Db
  readonly clock: Clock
  readonly staff: StaffRoom
  readonly timeline: Timeline
  readonly people: Subscribers
  readonly my: MyRoom
  readonly myLive: MyLive
  readonly privacy: PrivacyDeps
  readonly webhooks: Webhooks
  readonly webChat: WebChatContext
  readonly catalogue: CatalogueDeps
  readonly lines: LinesRoom
  /** What the network reports goes where the lines are kept. */
  readonly billing: LinesContext
  readonly payments: PaymentsContext
  readonly market: MarketRoom
  /** Undefined where there is no Market. */
  readonly watchBook: BookWatch['watch'] | undefined
  readonly help: HelpDeps
  readonly knowledge: KnowledgeDeps
  readonly examples: ExamplesDeps
  readonly flows: FlowsDeps
  readonly assistant: Assistant
  readonly service: Authenticate
  readonly oauthLimits: OAuthLimits
  readonly tmf: TmfRoom
  readonly demo: boolean
}

/** Adds every operation, webhook and live connection to the app. */
export async function serveHouse(app: FastifyInstance, house: House): Promise<void> {
  const { db, clock, staff, timeline, webChat } = house
  const mine = authenticateSubscriber(house.my)
  const authenticate = whoCalls({
    bearers: [authenticateVisitor(webChat), house.service],
    staff: staff.authenticate,
    subscriber: mine.authenticate,
  })
  const options = { db, clock, authenticate }

  corsForChat(app, (origin) => originAllowedForChat(webChat, origin))
  await serveLive(app, house, mine)
  await timeline.serveWebhooks(app)
  await serveCallbacks(app, db, house.payments)
  staff.addOidcRoutes(app)

  await serveTokenEndpoint(app, { db, clock, publicUrl: house.tmf.publicUrl, limits: house.oauthLimits })
  await serveTmf(app, house.tmf)

  serve(app, options, contracts.staff, staff.handlers)
  serve(app, options, contracts.conversations, timeline.handlers.conversations)
  serve(app, options, contracts.attachments, timeline.handlers.attachments)
  serve(app, options, contracts.channels, timeline.handlers.channels)
  serve(app, options, contracts.subscribers, subscribersHandlers(house.people))
  serve(app, options, contracts.search, searchHandlers({ db, clock, limits: house.people.limits }))
  serve(app, options, contracts.privacy, { ...privacyHandlers(house.privacy), ...auditHandlers })
  serve(app, options, contracts.integrations, {
    ...serviceTokenHandlers({ clock }),
    ...house.webhooks.handlers,
  })
  serve(app, options, contracts.macros, macrosHandlers({ clock }))
  serve(app, options, contracts.chat, chatHandlers(webChat))
  serve(app, options, contracts.my, myHandlers(house.my))
  serve(app, options, contracts.measures, measuresHandlers(house.my))
  serve(app, options, contracts.catalogue, catalogueHandlers(house.catalogue))
  serve(app, options, contracts.lines, linesHandlers(house.lines))
  serve(app, options, contracts.orders, ordersHandlers(house.lines))
  serve(app, options, contracts.usage, usageHandlers(house.billing))
  serve(app, options, contracts.payments, paymentsHandlers(house.lines))
  serve(app, options, contracts.market, marketHandlers(house.market))
  serve(app, options, contracts.marketConsole, consoleHandlers(house.market))
  serve(app, options, contracts.help, helpHandlers(house.help))
  serve(app, options, contracts.articles, articlesHandlers(house.knowledge))
  serve(app, options, contracts.assistantExamples, assistantExamplesHandlers(house.examples))
  serve(app, options, contracts.flows, flowsHandlers(house.flows))
  serve(app, options, contracts.assistant, house.assistant.handlers)
  serve(app, options, contracts.containment, containmentHandlers(house))
  serve(
    app,
    options,
    contracts.topics,
    topicsHandlers({
      clock,
      published: (tx, { version, by }) =>
        recordChange(tx, clock, {
          actor: { kind: 'agent', ...by },
          act: 'topics.published',
          subject: 'topics',
          after: { version },
        }),
    }),
  )
  if (house.demo) serveDemoConfig(app, timeline)
}

/** The demo site asks which chat is its own. */
function serveDemoConfig(app: FastifyInstance, timeline: Timeline): void {
  app.get('/demo/config.json', { schema: { hide: true } }, async () => {
    const doors = await timeline.context.doors.all()
    return { account: doors.find(({ account }) => account.kind === 'web-chat')?.account.id ?? null }
  })
}
