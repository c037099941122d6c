import type { EditedFlow, flows } from '../../../../contracts/assistant.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Handlers, Staff } from '../../../platform/http/index.ts'
import { pageOf, readVersionCursor, versionCursor } from '../../../platform/pages.ts'
import { found } from '../../../platform/refusal.ts'
import type { Ears, Values } from '../engine/index.ts'
import { createFlow, problemsOf, publishFlow, rollBackFlow, saveFlowDraft } from './change-flow.ts'
import { compareFlows } from './compare-flows.ts'
import {
  type Author,
  findDraft,
  findFlow,
  findFlowText,
  listFlowSteps,
  listFlows,
  type StoredFlow,
} from './flow-store.ts'
import { readFlowYaml, writeFlowYaml } from './flow-yaml.ts'
import { readTraffic } from './traffic/read-traffic.ts'
import { tryFlow } from './try-flow.ts'

/** What this room works with; made once, in the composition root. */
export interface FlowsDeps {
  readonly clock: Clock
  /** How free words are understood when a flow is tried. */
  readonly ears: (db: Executor) => Promise<Ears>
  /** Where people go in My: to pay, to the Market. */
  readonly links: { readonly topUp: string; readonly market: string }
  /** Told, inside the transaction, what new dialogs begin on: for the audit. */
  readonly changed: (
    tx: Executor,
    change: {
      readonly act: 'published' | 'rolled-back'
      readonly key: string
      readonly flowVersion: number | null
      readonly by: { readonly id: string; readonly name: string }
    },
  ) => Promise<void>
}

const authorOf = ({ id, name }: Staff): Author & { readonly id: string } => ({ id, name })

/** The handlers of the `flows` contract. */
export function flowsHandlers({ clock, ears, links, changed }: FlowsDeps): Handlers<typeof flows> {
  const textOf = async (db: Executor, key: string, version: number) =>
    found(await findFlowText(db, key, version), 'flow text')
  const shown = async (db: Executor, stored: StoredFlow): Promise<EditedFlow> => {
    const draft = found(await findDraft(db, stored.key, stored.draftVersion), 'flow text')
    const problems = await problemsOf(db, stored.key, draft.flow)
    return {
      ...stored,
      ...draft,
      changedAt: stored.changedAt.toISOString(),
      title: draft.flow.title,
      problems,
    }
  }
  const told = async (tx: Executor, stored: StoredFlow, act: 'published' | 'rolled-back', actor: Staff) => {
    const { key, publishedVersion: flowVersion } = stored
    await changed(tx, { act, key, flowVersion, by: authorOf(actor) })
    return shown(tx, stored)
  }
  return {
    async listFlows({ db }) {
      return (await listFlows(db)).map((row) => ({ ...row, changedAt: row.changedAt.toISOString() }))
    },
    async createFlow({ db, actor, body }) {
      return shown(db, await createFlow(db, clock, { ...body, by: authorOf(actor) }))
    },
    async getFlow({ db, params }) {
      return shown(db, found(await findFlow(db, params.key), 'flow'))
    },
    async saveFlowDraft({ db, actor, params, body }) {
      return shown(db, await saveFlowDraft(db, clock, { ...params, ...body, by: authorOf(actor) }))
    },
    async publishFlow({ db, actor, params, body }) {
      const stored = await publishFlow(db, clock, { ...params, ...body, by: authorOf(actor) })
      return told(db, stored, 'published', actor)
    },
    async rollBackFlow({ db, actor, params, body }) {
      const stored = await rollBackFlow(db, clock, { ...params, ...body, by: authorOf(actor) })
      return told(db, stored, 'rolled-back', actor)
    },
    async listFlowHistory({ db, params, query }) {
      found(await findFlow(db, params.key), 'flow')
      const below = readVersionCursor(query.after) ?? null
      const page = await listFlowSteps(db, params.key, { below, limit: query.limit + 1 })
      const { items, next } = pageOf(page, query.limit, versionCursor)
      return { items: items.map((step) => ({ ...step, at: step.at.toISOString() })), next }
    },
    async getFlowText({ db, params }) {
      return textOf(db, params.key, params.version)
    },
    async compareFlowTexts({ db, params: { key, version }, query }) {
      return compareFlows(await textOf(db, key, query.since), await textOf(db, key, version))
    },
    async exportFlow({ db, params: { key, version }, reply }) {
      return reply
        .type('application/yaml; charset=utf-8')
        .headers({
          'content-disposition': `attachment; filename="${key}.yaml"`,
          'cache-control': 'no-store',
        })
        .send(writeFlowYaml(await textOf(db, key, version)))
    },
    async importFlow({ db, actor, params: { key }, body: { basedOn, yaml } }) {
      const flow = readFlowYaml(yaml)
      const by = authorOf(actor)
      const stored =
        basedOn === null
          ? await createFlow(db, clock, { key, flow, by })
          : await saveFlowDraft(db, clock, { key, basedOn, flow, by })
      return shown(db, stored)
    },
    async getFlowTraffic({ db, params: { key }, query: { days } }) {
      found(await findFlow(db, key), 'flow')
      return readTraffic(db, clock, { key, days })
    },
    async checkFlowText({ db, params: { key }, body: { flow } }) {
      return problemsOf(db, key, flow)
    },
    async tryFlow({ db, params: { key }, body: { facts, ...body } }) {
      const version = body.version ?? found(await findFlow(db, key), 'flow').draftVersion
      const flow = body.flow ?? (await textOf(db, key, version))
      const known = { topUpLink: links.topUp, marketLink: links.market, ...definedOf(facts) }
      const request = { ...body, key, version, flow, facts: known, line: body.line }
      return tryFlow(request, {
        ears: await ears(db),
        now: clock.now(),
        inForce: async (other) => {
          const inForce = (await findFlow(db, other))?.publishedVersion ?? null
          return inForce === null ? undefined : { flow: await textOf(db, other, inForce), version: inForce }
        },
      })
    },
  }
}

/** What was given, without what was left out. */
function definedOf(facts: Readonly<Record<string, string | number | undefined>>): Values {
  const given = Object.entries(facts).filter((one): one is [string, string | number] => one[1] !== undefined)
  return Object.fromEntries(given)
}
