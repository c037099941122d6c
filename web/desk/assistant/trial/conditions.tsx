import { NumberInput, Select, TagsInput, TextInput } from '@mantine/core'
import type { PretendedLine } from '../../../../contracts/assistant.ts'
import { ChannelKind } from '../../../../contracts/channels.ts'
import { LineState } from '../../../../contracts/lines.ts'
import { decimalMark } from '../../../shared/format/index.ts'
import { useAssistantWords } from '../words.ts'
import styles from './trial.module.css'
import type { Setting } from './use-trial.ts'

const TRUSTS = ['0', '2', '3', '4'] as const
const EDGES = ['does', 'refuses', 'is-away'] as const
const LISTS = ['subscriptions', 'options', 'available', 'roaming', 'tariffs'] as const
const KOPECKS = 100
const MOST_TITLES = 10

interface Props {
  readonly setting: Setting
  readonly set: (change: Partial<Setting>) => void
}

interface LineProps {
  readonly line: PretendedLine
  readonly setLine: (change: Partial<PretendedLine>) => void
}

/** Under which conditions the flow is tried. */
export function Conditions(props: Props) {
  const { t } = useAssistantWords()
  const { line } = props.setting
  const setLine = (change: Partial<PretendedLine>) => props.set({ line: { ...line, ...change } })
  return (
    <fieldset className={styles.conditions} aria-label={t('trial.conditions')}>
      <Talk {...props} />
      <Account line={line} setLine={setLine} />
      <TextInput
        label={t('condition.topic')}
        value={props.setting.topic}
        maxLength={60}
        onChange={(event) => props.set({ topic: event.currentTarget.value })}
      />
      <Holdings line={line} setLine={setLine} />
    </fieldset>
  )
}

/** In which language, on what trust, where and when it is talked. */
function Talk({ setting, set }: Props) {
  const { t } = useAssistantWords()
  return (
    <>
      <Select
        label={t('condition.language')}
        value={setting.locale}
        data={(['ru', 'en'] as const).map((one) => ({ value: one, label: t(`language.${one}`) }))}
        allowDeselect={false}
        onChange={(chosen) => chosen !== null && set({ locale: chosen })}
      />
      <Select
        label={t('condition.trust')}
        value={String(setting.trust)}
        data={TRUSTS.map((trust) => ({ value: trust, label: t(`trust.t${trust}`) }))}
        allowDeselect={false}
        onChange={(trust) => set({ trust: Number(trust) })}
      />
      <Select
        label={t('condition.channel')}
        value={setting.channel ?? ''}
        data={[
          { value: '', label: t('condition.byMode') },
          ...[...ChannelKind.options, 'voice' as const].map((kind) => ({
            value: kind as string,
            label: t(`channel.${kind}`),
          })),
        ]}
        allowDeselect={false}
        onChange={(channel) => set({ channel: channel || null })}
      />
      <NumberInput
        label={t('condition.hour')}
        value={setting.hour ?? ''}
        placeholder={t('condition.now')}
        min={0}
        max={23}
        clampBehavior="strict"
        allowDecimal={false}
        onChange={(value) => set({ hour: typeof value === 'number' ? value : null })}
      />
    </>
  )
}

/** The balance and state of the pretended line, and whether what is asked of it gets done. */
function Account({ line, setLine }: LineProps) {
  const { t, locale } = useAssistantWords()
  return (
    <>
      <NumberInput
        label={t('condition.balance')}
        value={line.balanceKopecks / KOPECKS}
        min={-1_000_000}
        max={1_000_000}
        decimalScale={2}
        decimalSeparator={decimalMark(locale)}
        onChange={(roubles) =>
          typeof roubles === 'number' && setLine({ balanceKopecks: Math.round(roubles * KOPECKS) })
        }
      />
      <Select
        label={t('condition.state')}
        value={line.state}
        data={LineState.options.map((state) => ({ value: state, label: t(`lineState.${state}`) }))}
        allowDeselect={false}
        onChange={(state) => state !== null && setLine({ state })}
      />
      <Select
        label={t('condition.edge')}
        value={line.edge}
        data={EDGES.map((edge) => ({ value: edge, label: t(`edge.${edge}`) }))}
        allowDeselect={false}
        onChange={(edge) => edge !== null && setLine({ edge })}
      />
    </>
  )
}

/** What the pretended line has, and what it could have. */
function Holdings({ line, setLine }: LineProps) {
  const { t } = useAssistantWords()
  return (
    <>
      <TextInput
        label={t('condition.tariff')}
        value={line.tariff}
        maxLength={80}
        onChange={(event) => setLine({ tariff: event.currentTarget.value })}
      />
      <TextInput
        label={t('condition.left')}
        value={line.left}
        maxLength={200}
        onChange={(event) => setLine({ left: event.currentTarget.value })}
      />
      {LISTS.map((name) => (
        <TagsInput
          key={name}
          className={styles.wide}
          label={t(`condition.${name}`)}
          value={[...line[name]]}
          maxTags={MOST_TITLES}
          acceptValueOnBlur
          onChange={(titles) =>
            setLine({ [name]: titles.map((title) => title.trim().slice(0, 80)).filter(Boolean) })
          }
        />
      ))}
    </>
  )
}
