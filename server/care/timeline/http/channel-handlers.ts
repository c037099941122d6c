import type { z } from 'zod'
import type { ChannelAccount, ChannelKind, channels } from '../../../../contracts/channels.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import type { Handlers, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { recordChange } from '../../audit/index.ts'
import {
  type AccountWithHealth,
  changeAccount,
  createAccount,
  defaultPolicy,
  findAccount,
  type Health,
  listAccounts,
  lockAccount,
  reportHealth,
} from '../accounts/accounts.ts'
import type { SettingsProblem } from '../accounts/settings-problems.ts'
import { discardUnfiled, listUnfiled, replayUnfiled } from '../inbound/unfiled.ts'
import type { TimelineContext } from '../timeline-context.ts'

/** Serves the `channels` contract: doors, and what could not be filed. */
export function channelHandlers(context: TimelineContext): Handlers<typeof channels> {
  return { ...accountHandlers(context), ...unfiledHandlers(context) }
}

type Part<K extends keyof typeof channels> = Pick<Handlers<typeof channels>, K>

function accountHandlers(
  context: TimelineContext,
): Part<'listChannelAccounts' | 'createChannelAccount' | 'changeChannelAccount' | 'checkChannelAccount'> {
  const { db, clock, vault, doors } = context
  const present = async (account: AccountWithHealth) => presentAccount(context, account)
  const changed = async (tx: Executor, by: Staff, act: string, id: string, before: unknown) => {
    const account = found(await findAccount(tx, vault, id), 'channel account')
    const after = await present(account)
    await recordChange(tx, clock, { actor: by, act, subject: `channel-account:${id}`, before, after })
    return after
  }
  const check = (kind: ChannelKind, { settings, secrets }: Given) => {
    const adapter = context.adapters.find((one) => one.kind === kind)
    refuse('settings', (settings && adapter?.checkSettings?.(settings)) ?? [])
    refuse('secrets', (secrets && adapter?.checkSecrets?.(secrets)) ?? [])
  }
  return {
    listChannelAccounts: async () => Promise.all((await listAccounts(db, vault)).map(present)),
    createChannelAccount: async ({ db: tx, body, actor }) => {
      check(body.kind, { settings: body.settings ?? {}, secrets: body.secrets })
      await refuseTwin(context, tx, { id: null, kind: body.kind, token: body.secrets?.token })
      const id = await createAccount(tx, vault, clock, {
        kind: body.kind,
        name: body.name,
        policy: body.policy ?? defaultPolicy(body.kind, context.country),
        settings: body.settings ?? {},
        secrets: body.secrets ?? {},
      })
      const account = await changed(tx, actor, 'channel-account.created', id, null)
      context.afterAccountChange(tx)
      return account
    },
    changeChannelAccount: ({ params, body, actor }) =>
      inTransaction(db, async (tx) => {
        const before = await present(found(await lockAccount(tx, vault, params.id), 'channel account'))
        check(before.kind, body)
        await refuseTwin(context, tx, { ...before, token: body.secrets?.token })
        await changeAccount(tx, vault, params.id, body)
        const account = await changed(tx, actor, 'channel-account.changed', params.id, before)
        context.afterAccountChange(tx)
        return account
      }),
    checkChannelAccount: async ({ params }) => {
      const { account, adapter } = found(await doors.find(params.id), 'channel account')
      const result = (await adapter.check?.(account)) ?? { ok: true }
      const health: Health = {
        state: result.ok ? 'ok' : 'down',
        checkedAt: clock.now().toISOString(),
        reason: result.reason ?? null,
      }
      await reportHealth(db, params.id, health)
      return health
    },
  }
}

interface Given {
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  readonly secrets?: Readonly<Record<string, string>> | undefined
}

function refuse(place: 'settings' | 'secrets', issues: readonly SettingsProblem[]): void {
  if (issues.length > 0) throw new Refusal('invalid_request', { in: place, issues })
}

interface Newcomer {
  readonly id: string | null
  readonly kind: ChannelKind
  readonly token: string | undefined
}

/** A bot tells one address alone: two doors of it would take each other's messages away by turns. */
async function refuseTwin(
  { vault }: TimelineContext,
  tx: Executor,
  { id, kind, token }: Newcomer,
): Promise<void> {
  if (token === undefined) return
  const twin = (await listAccounts(tx, vault)).find(
    (one) => one.id !== id && one.kind === kind && one.secrets.token === token,
  )
  if (twin) throw new Refusal('conflict', { at: 'token', name: twin.name })
}

async function presentAccount(
  context: TimelineContext,
  account: AccountWithHealth,
): Promise<z.input<typeof ChannelAccount>> {
  const adapter = context.adapters.find((one) => one.kind === account.kind)
  if (!adapter) throw new Error(`no adapter for ${account.kind}`)
  const { id, kind, name, state, policy, settings, health } = account
  return {
    id,
    kind,
    name,
    state,
    policy,
    settings,
    secrets: Object.keys(account.secrets).sort(),
    capabilities: adapter.capabilities,
    health,
    webhookPath: adapter.verify ? `/channels/${id}/webhook` : null,
  }
}

function unfiledHandlers(
  context: TimelineContext,
): Part<'listUnfiledEvents' | 'replayUnfiledEvent' | 'discardUnfiledEvent'> {
  const { db, clock, doors } = context
  return {
    listUnfiledEvents: async () => {
      const { items, total } = await listUnfiled(db)
      return {
        total,
        items: items.map(({ rawReceivedAt, rawId: _rawId, key: _key, ...event }) => ({
          ...event,
          receivedAt: rawReceivedAt.toISOString(),
        })),
      }
    },
    replayUnfiledEvent: async ({ params, actor }) => {
      const reason = await replayUnfiled(context, doors, params.id)
      await recordChange(db, clock, {
        actor,
        act: 'unfiled-event.replayed',
        subject: `unfiled-event:${params.id}`,
        after: { reason },
      })
      context.wakeFiling()
      return { filed: reason === null, reason }
    },
    discardUnfiledEvent: ({ params, body, actor }) =>
      inTransaction(db, async (tx) => {
        await discardUnfiled(tx, params.id, clock.now())
        await recordChange(tx, clock, {
          actor,
          act: 'unfiled-event.discarded',
          subject: `unfiled-event:${params.id}`,
          after: body,
        })
        return { done: true }
      }),
  }
}
