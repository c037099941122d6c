import { Checkbox, MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import { countries, decimalMark } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { type Fault, faultAt } from './faults.ts'
import { LABELS } from './field-words.ts'

/** What a form of one kind works with. */
export interface FormProps<T extends OfferingTerms = OfferingTerms> {
  readonly terms: T
  readonly set: (part: Partial<T>) => void
  readonly faults: readonly Fault[]
  /** Every offering of the draft: what can be required, excluded, lowered. */
  readonly all: readonly OfferingTerms[]
}

interface FieldProps<T> {
  readonly label: string
  readonly value: T
  readonly set: (value: T) => void
  readonly error: string | undefined
  readonly description?: string
}

/** A number that may be missing yet: an empty field is not zero. */
function numberOf(value: string | number): number {
  return value === '' ? Number.NaN : Number(value)
}

/** A line of text. */
export function TextField({
  set,
  max,
  mono = false,
  ...field
}: FieldProps<string> & { max: number; mono?: boolean }) {
  return (
    <TextInput
      {...field}
      maxLength={max}
      onChange={(event) => set(event.currentTarget.value)}
      {...(mono && { styles: { input: { fontFamily: 'ui-monospace, monospace' } } })}
    />
  )
}

/** A few lines of text. */
export function LongField({ set, max, ...field }: FieldProps<string> & { max: number }) {
  return (
    <Textarea
      {...field}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={max}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
}

/** Money: typed in roubles, kept in kopecks. */
export function MoneyField({
  value,
  set,
  label,
  hideLabel = false,
  ...field
}: FieldProps<number> & { hideLabel?: boolean }) {
  const { locale } = useWords()
  return (
    <NumberInput
      {...field}
      {...(hideLabel ? { 'aria-label': label, w: 120 } : { label })}
      min={0}
      decimalScale={2}
      decimalSeparator={decimalMark(locale)}
      allowedDecimalSeparators={['.', ',']}
      allowNegative={false}
      suffix={'\u00a0₽'}
      hideControls
      value={Number.isNaN(value) ? '' : value / 100}
      onChange={(typed) => set(Math.round(numberOf(typed) * 100))}
    />
  )
}

/** A whole number with its unit. */
export function CountField({
  value,
  set,
  unit,
  ...field
}: FieldProps<number> & { unit: string; min?: number; max?: number }) {
  return (
    <NumberInput
      {...field}
      allowDecimal={false}
      allowNegative={false}
      suffix={`\u00a0${unit}`}
      hideControls
      value={Number.isNaN(value) ? '' : value}
      onChange={(typed) => set(numberOf(typed))}
    />
  )
}

/** So many days, or none. */
export function DaysField({ value, set, max, ...field }: FieldProps<number | null> & { max: number }) {
  const { t } = useWords()
  return (
    <CountField
      {...field}
      unit={t('catalogue.unit.days')}
      min={1}
      max={max}
      value={value ?? Number.NaN}
      set={(days) => set(Number.isNaN(days) ? null : days)}
    />
  )
}

/** One of a few. */
export function ChoiceField<V extends string>({
  set,
  options,
  wordOf,
  ...field
}: FieldProps<V> & { options: readonly V[]; wordOf: (value: V) => string }) {
  return (
    <Select
      {...field}
      allowDeselect={false}
      data={options.map((value) => ({ value, label: wordOf(value) }))}
      onChange={(chosen) => {
        const option = options.find((one) => one === chosen)
        if (option !== undefined) set(option)
      }}
    />
  )
}

/** Yes or no. */
export function YesField({ value, set, ...field }: FieldProps<boolean>) {
  return <Checkbox {...field} checked={value} onChange={(event) => set(event.currentTarget.checked)} />
}

/** Tariffs and options by code, shown by title. */
export function CodesField({
  set,
  all,
  own,
  value,
  ...field
}: FieldProps<string[]> & { all: readonly OfferingTerms[]; own: string }) {
  const { t, locale } = useWords()
  const known = new Map(
    all
      .filter(({ kind, code }) => (kind === 'tariff' || kind === 'option') && code !== '')
      .map((terms) => [terms.code, terms]),
  )
  const groups = (['tariff', 'option'] as const).map((kind) => ({
    group: t(`catalogue.kind.${kind}`),
    items: [...known.values()]
      .filter((one) => one.kind === kind && (one.code !== own || value.includes(own)))
      .filter((one) => !one.archived || value.includes(one.code))
      .map((one) => ({ value: one.code, label: one.title[locale] || one.code })),
  }))
  const strange = value.filter((code) => !known.has(code)).map((code) => ({ value: code, label: code }))
  return (
    <MultiSelect
      {...field}
      searchable
      hidePickedOptions
      value={value}
      data={strange.length > 0 ? [...groups, { group: t('catalogue.gone'), items: strange }] : groups}
      onChange={set}
      nothingFoundMessage={t('catalogue.notFound')}
    />
  )
}

/** Countries by name. */
export function CountriesField({ set, ...field }: FieldProps<string[]>) {
  const { t, locale } = useWords()
  return (
    <MultiSelect
      {...field}
      searchable
      hidePickedOptions
      clearable
      limit={60}
      data={countries(locale)}
      onChange={set}
      nothingFoundMessage={t('catalogue.notFound')}
    />
  )
}

/** Names that somebody types. */
export function NamesField({ set, ...field }: FieldProps<string[]>) {
  return (
    <TagsInput {...field} maxTags={100} onChange={(names) => set(names.map((name) => name.slice(0, 60)))} />
  )
}

/** A moment of the reader's own time, or none. */
export function MomentField({ value, set, ...field }: FieldProps<string | null>) {
  return (
    <TextInput
      {...field}
      type="datetime-local"
      value={value === null ? '' : localMoment(value)}
      onChange={({ currentTarget }) => {
        const moment = new Date(currentTarget.value)
        set(Number.isNaN(moment.getTime()) ? null : moment.toISOString())
      }}
    />
  )
}

function localMoment(instant: string): string {
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What `faults` say of a field, as an input wants it. */
export const errorOf = (faults: readonly Fault[], path: string) => ({ error: faultAt(faults, path) })

type Named = keyof typeof LABELS

/** Ties fields to the conditions that are edited: what one is called, holds and becomes, and what is wrong with it, by its name. */
export function useFields<T extends OfferingTerms>({ terms, set, faults }: FormProps<T>) {
  const { t } = useWords()
  return <Name extends keyof T & Named>(name: Name) => ({
    label: t(`catalogue.field.${LABELS[name]}`),
    value: terms[name],
    set: (value: T[Name]) => set({ ...terms, [name]: value }),
    ...errorOf(faults, name),
  })
}
