import { type LiveUnderstanding, trainedUnderstanding } from '../care/assistant/index.ts'
import { createMyLive } from '../care/my/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import type { Config } from '../config.ts'
import { createOAuthLimits } from '../integrations/oauth/index.ts'
import { authenticateService } from '../integrations/tokens/index.ts'
import { createWebhooks, type Webhooks } from '../integrations/webhooks/index.ts'
import type { AnnounceOperator, OperatorEdge } from '../operator/edge/index.ts'
import { countLinesOf } from '../operator/lines/index.ts'
import type { Closing } from '../platform/closing.ts'
import { type TmfRoom, writeNotification } from '../tmf/index.ts'
import {
  composeAdvisor,
  composeAssistant,
  composeExamples,
  composeFlows,
  composeUnderstanding,
} from './assistant.ts'
import { OPERATOR } from './brand.ts'
import { composeCatalogue } from './catalogue.ts'
import { createChatLimits } from './chat-limits.ts'
import { createAdapters, type DoorDeps } from './doors.ts'
import type { Ground } from './ground.ts'
import { hearOfOperator, tellOfOrder } from './hear-operator.ts'
import { hearOfSubscribers } from './hear-subscribers.ts'
import { composeHelp, composeKnowledge } from './knowledge.ts'
import { composeLines } from './lines.ts'
import { composeMarket } from './market.ts'
import { measureDoors } from './measure-doors.ts'
import { composeMy } from './my.ts'
import { createNewcomerLimits } from './newcomer-limits.ts'
import { composeOperator, type Operator } from './operator.ts'
import { composePeople } from './people.ts'
import { composePrivacy } from './privacy.ts'
import { composeRemote, type Remote } from './remote.ts'
import type { House } from './serve-house.ts'
import { composeSms } from './sms.ts'
import { composeStaff } from './staff.ts'
import { composeTimeline } from './timeline.ts'
import { composeTmf } from './tmf.ts'

/** Every room of the house, each knowing of the others what it must. */
export interface Rooms {
  /** What is behind the doors of the house. */
  readonly house: House
  readonly billing: Operator
  readonly remote: Remote
  /** What people want; it learns when it is first needed, or woken. */
  readonly understanding: LiveUnderstanding
  /** What adapters stand on. */
  readonly doorDeps: DoorDeps
}

export interface RoomsOptions {
  readonly worldUrl?: string | null
  /** Who takes people's money where the settings name nobody. */
  readonly payments?: Config['payments']
  /** What keeps the lines instead of what the settings say. */
  readonly edge?: OperatorEdge
}

/** Builds the rooms on their ground, from the hall to the assistant. What is to be ended belongs to `closing`. */
export async function composeRooms(
  ground: Ground,
  config: Config,
  options: RoomsOptions,
  closing: Closing,
): Promise<Rooms> {
  const { db, pool, clock, log, vault, bus, outgoing, publicUrl, caps, isShared } = ground
  const doorDeps = { outgoing, clock, log, publicUrl }
  const webhooks = await openWebhooks(ground, () => tmf, closing)
  const people = composePeople({
    ...ground,
    announce: (tx, event) => hearOfSubscribers(tx, { clock, bus, outside: webhooks }, event),
    sms: composeSms(vault),
    doors: () => timeline.context.doors,
  })
  const timeline: Timeline = composeTimeline(ground, {
    adapters: measureDoors(ground.metrics, createAdapters(doorDeps)),
    people,
    webhooks,
    assistant: () => talking.assistant,
  })
  const announce: AnnounceOperator = async (tx, event) => {
    await hearOfOperator(tx, my, event)
    await tellOfOrder(tx, webhooks, event)
  }
  const billing = composeOperator({ ...ground, payments: config.payments ?? options.payments, announce })
  const remote = composeRemote({ outgoing, clock, log, announce, system: config.operatorSystem })
  const edge = options.edge ?? remote.edge ?? billing.edge
  const privacy = composePrivacy(timeline.context, people, () => edge)
  const my = await composeMy({ ...ground, edge, people, operator: OPERATOR, timeline, privacy })
  const lines = composeLines({ pool, clock, edge, caps, people })
  const context = edge === billing.edge ? billing.market : undefined
  const market = composeMarket({ db, clock, bus, log, lines, my, context })
  const tmf: TmfRoom = composeTmf({
    db,
    clock,
    publicUrl,
    lines,
    timeline: timeline.context,
    people,
    registrations: webhooks.registrations,
  })
  const talking = await composeTalking(ground, config, { timeline, edge, lines }, closing)
  return {
    billing,
    remote,
    understanding: talking.understanding,
    doorDeps,
    house: {
      db,
      clock,
      timeline,
      people,
      my,
      privacy,
      webhooks,
      lines,
      tmf,
      staff: composeStaff(ground, config, options.worldUrl ?? null),
      myLive: createMyLive(my, market.watchBook),
      market: market.room,
      watchBook: market.watchBook,
      billing: billing.lines,
      payments: billing.payments,
      webChat: {
        db,
        timeline,
        ownOrigins: ground.ownOrigins,
        admit: createNewcomerLimits(isShared),
        limit: createChatLimits(),
      },
      catalogue: composeCatalogue(clock, countLinesOf),
      help: composeHelp(clock),
      knowledge: composeKnowledge(clock),
      examples: talking.examples,
      flows: talking.flows,
      assistant: talking.assistant,
      oauthLimits: createOAuthLimits(pool),
      service: authenticateService({ db, clock }),
      demo: config.demo,
    },
  }
}

/** What the assistant understands, what it says, and those who teach it both. */
async function composeTalking(
  ground: Ground,
  { country, languageModel }: Config,
  { timeline, edge, lines }: Pick<House, 'timeline' | 'lines'> & { readonly edge: OperatorEdge },
  closing: Closing,
): Promise<Pick<House, 'assistant' | 'examples' | 'flows'> & { readonly understanding: LiveUnderstanding }> {
  const { db, clock, log, outgoing, publicUrl } = ground
  const understanding = await composeUnderstanding(db, clock, log)
  closing.add(() => understanding.stop())
  const words = trainedUnderstanding(understanding, country)
  const links = {
    topUp: `${publicUrl}/my/finance/top-up`,
    market: `${publicUrl}/my/market`,
    article: (key: string) => `${publicUrl}/my/help/${key}`,
  }
  return {
    understanding,
    examples: composeExamples(clock, understanding),
    flows: composeFlows(clock, words, links),
    assistant: composeAssistant({
      db,
      clock,
      log,
      timeline: timeline.context,
      edge,
      lines,
      understanding: words,
      links,
      advisor: composeAdvisor({ clock, log, outgoing }, languageModel),
    }),
  }
}

/** Webhooks of integrators; what some get is written in the words of TM Forum, whose room is built later. */
async function openWebhooks(ground: Ground, tmf: () => TmfRoom, closing: Closing): Promise<Webhooks> {
  const { db, clock, log, vault, outgoing, trustedOrigins } = ground
  const webhooks = await createWebhooks({
    db,
    clock,
    vault,
    outgoing,
    trustedOrigins,
    onDefect: (error) => log.error({ err: error }, 'outgoing webhooks'),
    writeBody: (delivery) => writeNotification(tmf(), delivery),
  })
  closing.add(() => webhooks.stop())
  return webhooks
}
