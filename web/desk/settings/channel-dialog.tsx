import { PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { type ChannelAccount, ChannelPolicy, channels, OpenableKind } from '../../../contracts/channels.ts'
import { ApiProblem, factText } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { isOurs } from './channel-advice.ts'
import { CHANNEL_FORMS, type SecretName } from './channel-forms.ts'
import { checkChannel } from './check-channel.ts'
import { SettingInput } from './setting-input.tsx'
import { filled, type Settings, valueAt, withValue } from './setting-value.ts'
import styles from './settings.module.css'
import { WidgetTag } from './widget-tag.tsx'

const Wrong = z.object({ in: z.enum(['settings', 'secrets']), issues: z.array(z.object({ at: z.string() })) })

/** Which settings and secrets the server cannot use, by where they stand; none when that was not the trouble. */
function wrongPlaces(error: unknown): string[] {
  const facts = error instanceof ApiProblem ? Wrong.safeParse(error.facts).data : undefined
  return facts?.issues.map(({ at }) => at) ?? []
}

/** The door that has this bot already; null when that was not the trouble. */
const takenBy = (error: unknown): string | null =>
  error instanceof ApiProblem && factText(error, 'at') === 'token' ? factText(error, 'name') : null

/** A place is wrong with everything in it (`allowedOrigins.0`), and when all around it is missing (`imap`). */
const concerns = (wrong: string, at: string): boolean =>
  wrong === at || wrong.startsWith(`${at}.`) || at.startsWith(`${wrong}.`)

const SECRET_BYTES = 32

/** Letters and digits: what any provider takes. */
function makeUp(names: readonly SecretName[]): Readonly<Record<string, string>> {
  const made = () =>
    [...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
  return Object.fromEntries(names.map((name) => [name, made()]))
}

/** What stands in the form of a new door: mail of the years before it would wait for answers beside what comes today. */
function settingsAtFirst(kind: OpenableKind): Settings {
  const today = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length)
  return CHANNEL_FORMS[kind].fields.reduce<Settings>(
    (settings, { at, atFirst }) =>
      atFirst === undefined ? settings : withValue(settings, at, atFirst === 'today' ? today : atFirst.words),
    {},
  )
}

/** What is sent: without lines and fields that are empty. What stands within something else is sent as it is shown: ports, TLS, both languages. */
function toSend(settings: Settings, kind: OpenableKind): Record<string, unknown> {
  const whole = CHANNEL_FORMS[kind].fields.reduce((all, { at, input, usual }) => {
    const value = valueAt(all, at)
    if (Array.isArray(value)) return withValue(all, at, withoutEmptyLines(value))
    const shown = input === 'lines' ? [] : usual
    return (value === undefined || value === '') && at.includes('.') ? withValue(all, at, shown) : all
  }, settings)
  return { ...filled(whole) }
}

const withoutEmptyLines = (lines: readonly unknown[]): string[] =>
  lines.map((line) => String(line).trim()).filter((line) => line !== '')

/** Name, rule, settings, and secrets that can be set but never seen. */
export function ChannelDialog({ account, close }: { account: ChannelAccount | null; close: () => void }) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<OpenableKind>('max')
  const kind = OpenableKind.catch(chosen).parse(account?.kind)
  const form = CHANNEL_FORMS[kind]
  const [name, setName] = useState(account?.name ?? '')
  const [policy, setPolicy] = useState<ChannelPolicy | null>(account?.policy ?? null)
  const [settings, setSettings] = useState<Settings>(account?.settings ?? settingsAtFirst(kind))
  const [secrets, setSecrets] = useState(() => (account ? {} : makeUp(form.ours)))
  const [wrong, setWrong] = useState<readonly string[]>([])
  const known = account?.secrets ?? []
  const asked = (place: string) =>
    form.secrets.some((secret) => secret === place) || form.fields.some(({ at }) => concerns(place, at))
  const unasked = wrong.filter((place) => !asked(place))
  const describe = (secret: SecretName) => {
    if (!account && form.ours.includes(secret)) return t('channelForm.ours')
    return secret === 'token' && kind === 'telegram' && t('channelForm.hint.telegramToken')
  }
  const choose = (next: OpenableKind) => {
    setChosen(next)
    setSettings(settingsAtFirst(next))
    setSecrets(makeUp(CHANNEL_FORMS[next].ours))
    setWrong([])
  }
  const act = async () => {
    setWrong([])
    // What was copied brings spaces and line ends along.
    const trimmed = Object.entries(secrets).map(([at, value]) => [at, value.trim()] as const)
    const given = Object.fromEntries(trimmed.filter(([, value]) => value !== ''))
    // Unless somebody decides, the country does: in Russia foreign messengers only invite (41-FZ).
    const decided = policy && { policy }
    const body = { name: name.trim(), ...decided, settings: toSend(settings, kind), secrets: given }
    let saved: ChannelAccount
    try {
      saved = await (account
        ? call(channels.changeChannelAccount, { params: { id: account.id }, body })
        : call(channels.createChannelAccount, { body: { ...body, kind } }))
    } catch (error) {
      setWrong(wrongPlaces(error))
      throw error
    }
    await queryClient.invalidateQueries({ queryKey: ['channel-accounts'] })
    // What stands beside it was found out with what it was set to before.
    if (!isOurs(saved.kind)) void checkChannel(saved).catch(() => undefined)
  }
  return (
    <Dialog
      title={account?.name ?? t('channels.add')}
      word={t('states.save')}
      close={close}
      act={act}
      explain={(error) => {
        const name = takenBy(error)
        return name === null ? null : t('channels.taken', { name })
      }}
      ready={name.trim() !== ''}
    >
      {!account && (
        <Select
          label={t('channels.kind')}
          data={OpenableKind.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => choose(OpenableKind.catch(kind).parse(value))}
        />
      )}
      <TextInput
        label={t('channels.title')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('channels.policy')}
        data={ChannelPolicy.options.map((value) => ({ value, label: t(`channels.${value}`) }))}
        value={policy}
        placeholder={t('channels.policyOfCountry')}
        allowDeselect={!account}
        onChange={(value) => setPolicy(ChannelPolicy.nullable().catch(policy).parse(value))}
      />
      {form.secrets.map((secret) => (
        <PasswordInput
          key={secret}
          label={t(`channelForm.secret.${secret}`)}
          description={describe(secret)}
          error={wrong.includes(secret) && t('channelForm.wrong')}
          placeholder={known.includes(secret) ? t('channels.secretSet') : ''}
          autoComplete="new-password"
          value={secrets[secret] ?? ''}
          onChange={(event) => setSecrets({ ...secrets, [secret]: event.currentTarget.value })}
        />
      ))}
      {known.length > 0 && <p className={styles.dim}>{t('channels.secretHint')}</p>}
      {account?.kind === 'web-chat' && <WidgetTag accountId={account.id} />}
      {form.fields.map((field) => (
        <SettingInput
          key={field.at}
          field={field}
          value={valueAt(settings, field.at)}
          change={(value) => setSettings(withValue(settings, field.at, value))}
          wrong={wrong.some((place) => concerns(place, field.at))}
        />
      ))}
      {unasked.length > 0 && (
        <p className={styles.bad}>{t('channels.badFields', { fields: unasked.join(', ') })}</p>
      )}
    </Dialog>
  )
}
