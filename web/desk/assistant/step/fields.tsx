import { ActionIcon, Menu, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { IconBraces, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { FlowNode, FlowWords } from '../../../../contracts/flows.ts'
import { decimalMark } from '../../../shared/format/index.ts'
import { KIND_ICONS } from '../graph/kind-icons.ts'
import { NODE_KINDS } from '../model/blank-node.ts'
import { useAssistantWords } from '../words.ts'
import styles from './step.module.css'

const LANGUAGES = ['ru', 'en'] as const

interface WordsFieldProps {
  readonly label: string
  readonly words: FlowWords
  readonly onChange: (words: FlowWords, where: string) => void
  /** Names that may stand in it as `{name}`; none: no menu of them. */
  readonly names?: readonly string[]
  readonly oneLine?: boolean
  /** Something new: nothing is wrong with what nobody has come to yet. */
  readonly fresh?: boolean
}

/** A text in both languages, one beside the other where there is room. */
export function WordsField({
  label,
  words,
  onChange,
  names = [],
  oneLine = false,
  fresh = false,
}: WordsFieldProps) {
  const { t } = useAssistantWords()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const put = (locale: 'ru' | 'en', text: string) =>
    onChange({ ...words, [locale]: text }, `${label} ${locale}`)
  return (
    <fieldset className={styles.words}>
      <legend>
        {label}
        {names.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon size={22} aria-label={t('step.insert', { label })}>
                <IconBraces size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown mah={260} style={{ overflowY: 'auto' }}>
              {names.map((name) => (
                <Menu.Item
                  key={name}
                  onClick={() =>
                    onChange({ ru: `${words.ru}{${name}}`, en: `${words.en}{${name}}` }, `${label} ${name}`)
                  }
                >
                  {`{${name}}`}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </legend>
      {LANGUAGES.map((locale) => {
        const common = {
          'aria-label': `${label}: ${t(`language.${locale}`)}`,
          placeholder: t(`language.${locale}`),
          value: words[locale],
          maxLength: 2000,
          lang: locale,
          error: words[locale].trim() === '' && (!fresh || left.has(locale)) && t('step.empty'),
          onBlur: () => setLeft(new Set([...left, locale])),
          size: 'sm' as const,
        }
        return oneLine ? (
          <TextInput key={locale} {...common} onChange={(event) => put(locale, event.currentTarget.value)} />
        ) : (
          <Textarea
            key={locale}
            {...common}
            autosize
            minRows={2}
            maxRows={10}
            onChange={(event) => put(locale, event.currentTarget.value)}
          />
        )
      })}
    </fieldset>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly suffix?: string
  readonly decimals?: number
  readonly onChange: (value: number) => void
}

/** A number that is one at every moment: what is no number changes nothing. */
export function NumberField({ decimals = 0, onChange, ...rest }: NumberFieldProps) {
  const { locale } = useAssistantWords()
  return (
    <NumberInput
      {...rest}
      size="sm"
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      decimalSeparator={decimalMark(locale)}
      hideControls
      clampBehavior="strict"
      onChange={(value) => typeof value === 'number' && onChange(value)}
    />
  )
}

interface TargetFieldProps {
  readonly label: string
  readonly value: string
  readonly ids: readonly string[]
  readonly onChange: (id: string) => void
  readonly insert: (kind: FlowNode['kind']) => void
  readonly children?: ReactNode
}

/** Where a way leads, and a new step on it. */
export function TargetField({ label, value, ids, onChange, insert }: TargetFieldProps) {
  const { t } = useAssistantWords()
  return (
    <div className={styles.target}>
      <Select
        label={label}
        value={value}
        data={ids.includes(value) ? [...ids] : [value, ...ids]}
        error={ids.includes(value) ? null : t('step.noSuchStep')}
        searchable
        allowDeselect={false}
        onChange={(id) => id !== null && onChange(id)}
      />
      <KindMenu label={t('step.insertHere', { label })} choose={insert} />
    </div>
  )
}

/** A menu of kinds of steps. */
export function KindMenu({ label, choose }: { label: string; choose: (kind: FlowNode['kind']) => void }) {
  const { t } = useAssistantWords()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={label} variant="default">
          <IconPlus size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('step.newStep')}</Menu.Label>
        {NODE_KINDS.map((kind) => {
          const Icon = KIND_ICONS[kind]
          return (
            <Menu.Item key={kind} leftSection={<Icon size={15} />} onClick={() => choose(kind)}>
              {t(`kind.${kind}`)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
