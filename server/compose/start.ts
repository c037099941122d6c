import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import {
  type Assistant,
  type LiveUnderstanding,
  seedFlows,
  trainedUnderstanding,
} from '../care/assistant/index.ts'
import { type Caps, DEFAULT_CAPS, logCapAlerts } from '../care/audit/index.ts'
import { seedArticles } from '../care/knowledge/index.ts'
import { seedMacros } from '../care/macros/index.ts'
import { createMyLive, type MyRoom } from '../care/my/index.ts'
import { createAttemptLimits, createStaff, STAFF_DEFAULTS } from '../care/staff/index.ts'
import type { SubscriberEvent } from '../care/subscribers/index.ts'
import {
  createTimeline,
  inward,
  outward,
  type Timeline,
  type TimelineNotice,
} from '../care/timeline/index.ts'
import { seedTopics } from '../care/topics/index.ts'
import type { WebChatContext } from '../channels/web-chat/index.ts'
import type { Config } from '../config.ts'
import { createOAuthLimits } from '../integrations/oauth/index.ts'
import { authenticateService } from '../integrations/tokens/index.ts'
import { createWebhooks } from '../integrations/webhooks/index.ts'
import type { AnnounceOperator, OperatorEdge } from '../operator/edge/index.ts'
import { countLinesOf, type LinesContext } from '../operator/lines/index.ts'
import type { MarketContext } from '../operator/market/index.ts'
import { createBus, shareNotices } from '../platform/bus/index.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import { type Closing, createClosing } from '../platform/closing.ts'
import { type Db, rows, sql } from '../platform/database/index.ts'
import { openLocalFiles } from '../platform/files/index.ts'
import { closeGracefully, createApp, createReadiness } from '../platform/http/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import { createKept } from '../platform/kept/index.ts'
import { withinNetworks } from '../platform/networks.ts'
import { createOutgoing } from '../platform/outgoing/index.ts'
import { createLog, createMetrics, type Metrics } from '../platform/telemetry/index.ts'
import { openVault, type Vault } from '../platform/vault/index.ts'
import { writeNotification } from '../tmf/index.ts'
import {
  composeAdvisor,
  composeAssistant,
  composeExamples,
  composeFlows,
  composeUnderstanding,
} from './assistant.ts'
import { startBackground } from './background.ts'
import { composeCatalogue } from './catalogue.ts'
import { createChatLimits } from './chat-limits.ts'
import { openData } from './data.ts'
import { createAdapters } from './doors.ts'
import { hearOfOperator, tellOfOrder } from './hear-operator.ts'
import { hearOfSubscribers, lookAgainWhenPeopleChange } from './hear-subscribers.ts'
import type { HouseLog } from './house-log.ts'
import { measureHouse } from './house-metrics.ts'
import { writeInvitation } from './invitation.ts'
import { fetchAttachmentJob, knockLaneJob } from './job-kinds.ts'
import { composeHelp, composeKnowledge } from './knowledge.ts'
import { composeLines } from './lines.ts'
import { linesInMemory } from './lines-in-memory.ts'
import { composeMarket } from './market.ts'
import { measureDoors } from './measure-doors.ts'
import { measurePools } from './measure-pools.ts'
import { composeMy } from './my.ts'
import { createNewcomerLimits } from './newcomer-limits.ts'
import { composeOperator } from './operator.ts'
import { composePeople } from './people.ts'
import { composePrivacy } from './privacy.ts'
import { composeRemote } from './remote.ts'
import { serveHouse } from './serve-house.ts'
import { composeSms } from './sms.ts'
import { composeTmf } from './tmf.ts'
import { watchChanges } from './watch-changes.ts'
import { watchMy } from './watch-my.ts'
import { watchService } from './watch-service.ts'
import { watchSessions } from './watch-sessions.ts'

export interface StartOptions {
  readonly clock?: Clock
  readonly log?: HouseLog
  /** Folder of the built web apps; absent: the one beside the built server. */
  readonly webDir?: string
  /** Origins beyond the public internet's rules that we may call: the demo's outside world, the operator's own systems. */
  readonly trustedOrigins?: readonly string[]
  readonly worldUrl?: string | null
  /** Who takes people's money where the settings name nobody: the demo's provider. */
  readonly payments?: Config['payments']
  /** What keeps the lines; absent: nothing is connected. */
  readonly edge?: OperatorEdge
  /** The start is not wanted any more: what was begun is ended, and it rejects. */
  readonly signal?: AbortSignal
}

/** A running installation. */
export interface Otklik {
  /** Where it listens. */
  readonly url: string
  readonly app: FastifyInstance
  readonly db: Db
  readonly clock: Clock
  readonly vault: Vault
  readonly timeline: Timeline
  /** The app's side of the house: what `hearOfOperator` tells. */
  readonly my: MyRoom
  /** Our own lines and their people, for who opens them. */
  readonly lines: LinesContext
  /** What people want, for who speaks to them; it learns when it is first needed, or woken. */
  readonly understanding: LiveUnderstanding
  /** The Market over them, for who puts something up. */
  readonly market: MarketContext
  readonly metrics: Metrics
  readonly connectionString: string
  /** Does all background work that waits. For tests and benchmarks. */
  drain(): Promise<void>
  /** Ends in order: no new requests, work finished, database last. */
  stop(): Promise<void>
}

// Run from source, the built web apps stand in `dist`.
const WEB_DIR = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../dist/web' : '../../web',
)
const STOP_WITHIN_MS = 5_000
const KNOCK_AFTER_MS = 10_000
const ACCENT = '#0F766E'

/**
 * Builds the house and opens its doors. Throws when it cannot (the message says what to do) or when nobody wants it any more; what was
 * started is ended then.
 */
export async function startOtklik(config: Config, options: StartOptions = {}): Promise<Otklik> {
  const closing = createClosing()
  try {
    return await build(config, options, closing)
  } catch (error) {
    await closing.close().catch((failure: unknown) => {
      throw new AggregateError([error, failure], 'neither started nor ended in order')
    })
    throw error
  }
}

/** The operator's own system and a language model of its own usually stand in a private network. */
const innerOrigins = ({ operatorSystem, languageModel }: Config): string[] => [
  ...(operatorSystem ? [operatorSystem.url] : []),
  ...(languageModel && !languageModel.remote ? [languageModel.url] : []),
]

async function build(config: Config, options: StartOptions, closing: Closing): Promise<Otklik> {
  const { signal } = options
  const clock = options.clock ?? systemClock
  const log = options.log ?? createLog({ level: config.logLevel })
  const metrics = createMetrics()
  const vault = await openVault({ key: config.key, dataDir: config.dataDir })
  const data = await openData(config, log, signal)
  closing.add(() => data.close())
  const { db, pool } = data
  const { ownOrigins } = config
  const isShared = withinNetworks(config.sharedNetworks)
  const worldUrl = options.worldUrl ?? null

  // What stands below everything else.
  const bus = createBus<TimelineNotice>((error) => log.error({ err: error }, 'listener'))
  lookAgainWhenPeopleChange(bus)
  const files = await openLocalFiles({
    dataDir: config.dataDir,
    vault,
    clock,
    onError: (error) => log.error({ err: error }, 'files'),
  })
  // The operator's own system usually stands in a private network.
  const { operatorSystem } = config
  const outgoing = createOutgoing({
    allowPrivate: [...(options.trustedOrigins ?? []), ...innerOrigins(config)],
    clock,
  })
  closing.add(() => outgoing.close())
  const webhooks = await createWebhooks({
    db,
    clock,
    vault,
    outgoing,
    trustedOrigins: options.trustedOrigins ?? [],
    onDefect: (error) => log.error({ err: error }, 'outgoing webhooks'),
    writeBody: (delivery) => writeNotification(tmf, delivery),
  })
  closing.add(() => webhooks.stop())
  const readiness = createReadiness()
  readiness.add('database', async () => {
    await rows(db, sql`select 1`)
  })
  const capsPassed = metrics.counter(
    'privacy_cap_total',
    'Reveals and break-glasses near or over their cap',
    ['act', 'passed'],
  )
  const capAlert = logCapAlerts(log, ({ act, passed }) => capsPassed.inc({ act, passed }))
  const caps = { clock, caps: DEFAULT_CAPS satisfies Caps, alert: capAlert }

  // The hall and the people in it.
  const doorDeps = { outgoing, clock, log, publicUrl: config.publicUrl }
  const adapters = measureDoors(metrics, createAdapters(doorDeps))
  const people = composePeople({
    db,
    pool,
    clock,
    vault,
    caps,
    country: config.country,
    announce: (tx, event: SubscriberEvent) => hearOfSubscribers(tx, { clock, bus, outside: webhooks }, event),
    sms: composeSms(vault),
    doors: () => timeline.context.doors,
  })
  const refused = metrics.counter('webhooks_refused_total', 'Webhooks with a wrong secret', ['channel'])
  const timeline: Timeline = createTimeline({
    db,
    intake: data.intake,
    clock,
    log,
    bus,
    files,
    followUp: {
      fetchAttachment: (tx, attachmentId) =>
        addJob(tx, fetchAttachmentJob, { attachmentId }, { key: `fetch:${attachmentId}`, maxAttempts: 8 }),
      // Who has the app open reads it meanwhile and is not knocked at.
      leftToRead: async (tx, laneId, channel) => {
        if (channel !== 'my') return
        const runAt = new Date(clock.now().getTime() + KNOCK_AFTER_MS)
        await addJob(tx, knockLaneJob, { laneId }, { key: `knock-lane:${laneId}`, maxAttempts: 4, runAt })
      },
      hearsFiled: () => assistant.answersAnywhere(),
      filed: (tx, brought) => assistant.filed(tx, brought),
    },
    vault,
    outgoing,
    adapters,
    caps,
    subscribers: people,
    outside: webhooks,
    country: config.country,
    invitation: (locale, others) => writeInvitation(locale, config.publicUrl, others),
    onUnauthentic: (channel) => refused.inc({ channel }),
  })
  const privacy = composePrivacy(timeline.context, people, () => edge)
  const operator = { name: 'Отклик', accent: ACCENT, accessPoints: { internet: 'internet', mms: 'mms' } }
  const announce: AnnounceOperator = async (tx, event) => {
    await hearOfOperator(tx, my, event)
    await tellOfOrder(tx, webhooks, event)
  }
  const kept = createKept(db)
  const mostKept = config.linesInMemory ?? linesInMemory()
  const billing = composeOperator({
    clock,
    kept,
    mostKept,
    log,
    vault,
    outgoing,
    metrics,
    publicUrl: config.publicUrl,
    payments: config.payments ?? options.payments,
    announce,
  })
  const remote = composeRemote({ outgoing, clock, log, announce, system: operatorSystem })
  const edge: OperatorEdge = options.edge ?? remote.edge ?? billing.edge
  const my: MyRoom = await composeMy({
    db,
    pool,
    clock,
    kept,
    mostKept,
    vault,
    edge,
    people,
    publicUrl: config.publicUrl,
    ownOrigins,
    isShared,
    operator,
    country: config.country,
    timeline,
    privacy,
    outgoing,
    trustedOrigins: options.trustedOrigins ?? [],
  })
  const lines = composeLines({ pool, clock, edge, caps, people })
  const market = composeMarket({
    db,
    clock,
    bus,
    log,
    lines,
    my,
    context: edge === billing.edge ? billing.market : undefined,
  })
  const myLive = createMyLive(my, market.watchBook)
  const staff = createStaff({
    db,
    clock,
    vault,
    attempts: createAttemptLimits(pool),
    settings: {
      ...STAFF_DEFAULTS,
      allowedOrigins: ownOrigins,
      secureCookies: config.publicUrl.startsWith('https:'),
      demo: config.demo,
      operator,
      worldUrl,
      ...(config.oidc && {
        oidc: { ...config.oidc, ...oidcPaths(config.publicUrl), secondFactor: 'amr' as const },
      }),
    },
  })
  const webChat: WebChatContext = {
    db,
    timeline,
    ownOrigins,
    admit: createNewcomerLimits(isShared),
    limit: createChatLimits(),
  }

  // With an external database there may be other nodes: they hear of what happens here, and we of theirs.
  const shared = data.embedded
    ? undefined
    : await shareNotices({
        db,
        connectionString: data.connectionString,
        bus,
        outward,
        inward,
        onGap: () => bus.publish({ type: 'inbox' }),
        onError: (error) => log.warn({ err: error }, 'notices'),
      })
  closing.add(() => shared?.close())
  signal?.throwIfAborted()

  const tmf = composeTmf({
    db,
    clock,
    publicUrl: config.publicUrl,
    lines,
    timeline: timeline.context,
    people,
    registrations: webhooks.registrations,
  })

  const understanding = await composeUnderstanding(db, clock, log)
  closing.add(() => understanding.stop())
  const words = trainedUnderstanding(understanding, config.country)
  const links = {
    topUp: `${config.publicUrl}/my/finance/top-up`,
    market: `${config.publicUrl}/my/market`,
    article: (key: string) => `${config.publicUrl}/my/help/${key}`,
  }
  const assistant: Assistant = composeAssistant({
    db,
    clock,
    log,
    timeline: timeline.context,
    edge,
    lines,
    understanding: words,
    links,
    advisor: composeAdvisor({ clock, log, outgoing }, config.languageModel),
  })

  // The way in.
  const app = await createApp({
    log,
    metrics,
    readiness,
    publicUrl: config.publicUrl,
    ownOrigins,
    trustedProxies: config.trustedProxies,
    isShared,
    ...(config.tls && {
      tls: { cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) },
    }),
    webDir: options.webDir ?? WEB_DIR,
    demo: config.demo,
    ...(config.metricsToken !== undefined && { metricsToken: config.metricsToken }),
  })
  closing.add(() => app.close())
  await serveHouse(app, {
    db,
    clock,
    staff,
    timeline,
    people,
    my,
    myLive,
    privacy,
    webhooks,
    webChat,
    catalogue: composeCatalogue(clock, countLinesOf),
    billing: billing.lines,
    payments: billing.payments,
    market: market.room,
    watchBook: market.watchBook,
    lines,
    help: composeHelp(clock),
    knowledge: composeKnowledge(clock),
    examples: composeExamples(clock, understanding),
    flows: composeFlows(clock, words, links),
    assistant,
    oauthLimits: createOAuthLimits(pool),
    tmf,
    demo: config.demo,
    service: authenticateService({ db, clock }),
  })

  await seedFirst(db, clock)
  signal?.throwIfAborted()
  const background = config.roles.includes('worker')
    ? await startBackground(
        {
          alone: data.embedded,
          connectionString: data.connectionString,
          log,
          db,
          clock,
          files,
          vault,
          timeline,
          doorDeps,
          privacy,
          my,
          people,
          webhooks,
          assistant,
          billing,
          remote,
        },
        closing,
      )
    : undefined
  // First nothing new comes in, then what came is finished.
  closing.add(() => closeGracefully(app, { withinMs: STOP_WITHIN_MS }))
  closing.add(watchSessions(db, clock, staff, timeline, log))
  closing.add(watchService(readiness, timeline))
  closing.add(watchMy(myLive, log))
  closing.add(watchChanges(kept, log))
  measureHouse(metrics, db, clock)
  measurePools(metrics, {
    requests: () => pool,
    intake: () => data.intakePool,
    jobs: () => background?.jobsPool(),
  })
  signal?.throwIfAborted()

  await app.listen({ host: config.host, port: config.port })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `${config.tls ? 'https' : 'http'}://${config.host}:${port}`,
    app,
    db,
    clock,
    vault,
    timeline,
    my,
    lines: billing.lines,
    understanding,
    market: billing.market,
    metrics,
    connectionString: data.connectionString,
    drain: async () => background?.drain(),
    stop: () => closing.close(),
  }
}

/** What an installation begins with; what its people have changed since stays. */
async function seedFirst(db: Db, clock: Clock): Promise<void> {
  await seedTopics(db, clock, 'Отклик')
  await seedMacros(db, clock)
  await seedArticles(db, clock, 'Отклик')
  await seedFlows(db, clock, 'Отклик')
}

function oidcPaths(publicUrl: string) {
  return { redirectUri: `${publicUrl}/api/v1/session/oidc/callback`, landingUrl: `${publicUrl}/desk/` }
}
