import { Checkbox, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { TrafficType } from '../../../contracts/amounts.ts'
import type { Package, TariffTerms } from '../../../contracts/catalogue.ts'
import { decimalMark } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './catalogue.module.css'
import { type Fault, faultAt } from './faults.ts'
import { MoneyField } from './fields.tsx'

type OnePackage = z.infer<typeof Package>
type Rate = TariffTerms['rates'][number]
interface Unit {
  readonly name: 'data' | 'megabytes' | 'voice' | 'seconds' | 'sms'
  /** So many bytes, seconds or pieces. */
  readonly size: number
}

const GIGABYTE = 1024 ** 3
/** What packages are counted in. */
const PACKED: Readonly<Record<TrafficType, Unit>> = {
  data: { name: 'data', size: GIGABYTE },
  voice: { name: 'voice', size: 60 },
  sms: { name: 'sms', size: 1 },
}
/** What a price may be for, the usual one first. */
const PRICED: Readonly<Record<TrafficType, readonly [Unit, ...Unit[]]>> = {
  data: [{ name: 'megabytes', size: 1024 ** 2 }, PACKED.data],
  voice: [PACKED.voice, { name: 'seconds', size: 1 }],
  sms: [PACKED.sms],
}

/** Replaces, adds or (with `null`) takes out what there is of a type; others stay in their places. */
function withType<T extends { readonly type: TrafficType }>(
  all: readonly T[],
  type: TrafficType,
  one: T | null,
): T[] {
  if (one === null) return all.filter((other) => other.type !== type)
  const at = all.findIndex((other) => other.type === type)
  return at < 0 ? [...all, one] : all.map((other, index) => (index === at ? one : other))
}

/** The faults of what stands in a list under one type. */
const faultOf = (
  faults: readonly Fault[],
  list: string,
  all: readonly { readonly type: TrafficType }[],
  type: TrafficType,
) =>
  all
    .flatMap((one, index) => (one.type === type ? (faultAt(faults, `${list}.${index}`) ?? []) : []))
    .join('; ')

/** What the fee pays for: of each traffic nothing, so much, or without limit. */
export function PackagesField({
  value,
  set,
  faults,
}: {
  value: readonly OnePackage[]
  set: (packages: OnePackage[]) => void
  faults: readonly Fault[]
}) {
  const { t, locale } = useWords()
  return (
    <fieldset className={styles.group}>
      <legend>{t('catalogue.field.packages')}</legend>
      {TrafficType.options.map((type) => {
        const { name, size } = PACKED[type]
        const what = t(`catalogue.traffic.${type}`)
        const one = value.find((other) => other.type === type)
        const change = (amount: number | null | undefined) =>
          set(withType(value, type, amount === undefined ? null : { type, amount }))
        const error = faultOf(faults, 'packages', value, type)
        return (
          <div key={type} className={styles.traffic}>
            <Checkbox
              label={what}
              aria-label={t('catalogue.volume.has', { what })}
              checked={one !== undefined}
              onChange={(event) => change(event.currentTarget.checked ? Number.NaN : undefined)}
            />
            {one && (
              <>
                <NumberInput
                  aria-label={t('catalogue.volume.amount', { what })}
                  size="sm"
                  w={120}
                  min={0}
                  decimalScale={type === 'data' ? 3 : 0}
                  decimalSeparator={decimalMark(locale)}
                  allowedDecimalSeparators={['.', ',']}
                  allowNegative={false}
                  suffix={`\u00a0${t(`catalogue.unit.${name}`)}`}
                  hideControls
                  disabled={one.amount === null}
                  error={error || undefined}
                  value={one.amount === null || Number.isNaN(one.amount) ? '' : one.amount / size}
                  onChange={(typed) => change(typed === '' ? Number.NaN : Math.round(Number(typed) * size))}
                />
                <Checkbox
                  className={styles.unlimited ?? ''}
                  label={t('catalogue.volume.unlimited')}
                  aria-label={`${what}: ${t('catalogue.volume.unlimited')}`}
                  checked={one.amount === null}
                  onChange={(event) => change(event.currentTarget.checked ? null : Number.NaN)}
                />
              </>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}

/** What each started step costs beyond the packages. */
export function RatesField({
  label,
  hint,
  value,
  set,
  faults,
}: {
  label: string
  hint: string
  value: readonly Rate[]
  set: (rates: Rate[]) => void
  faults: readonly Fault[]
}) {
  const { t } = useWords()
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <p className={styles.dim}>{hint}</p>
      {TrafficType.options.map((type) => {
        const what = t(`catalogue.traffic.${type}`)
        const rate = value.find((other) => other.type === type)
        const change = (next: Rate | null) => set(withType(value, type, next))
        const usual = PRICED[type][0]
        return (
          <div key={type} className={styles.traffic}>
            <Checkbox
              label={what}
              aria-label={t('catalogue.volume.hasRate', { what })}
              checked={rate !== undefined}
              onChange={(event) =>
                change(event.currentTarget.checked ? { type, step: usual.size, kopecks: Number.NaN } : null)
              }
            />
            {rate && <RateInputs rate={rate} set={change} error={faultOf(faults, 'rates', value, type)} />}
          </div>
        )
      })}
    </fieldset>
  )
}

function RateInputs({ rate, set, error }: { rate: Rate; set: (rate: Rate) => void; error: string }) {
  const { t } = useWords()
  const what = t(`catalogue.traffic.${rate.type}`)
  const units = PRICED[rate.type]
  // The largest unit that the step is a whole number of; while somebody types it stays.
  const [unit, setUnit] = useState<Unit>(
    () => units.toSorted((a, b) => b.size - a.size).find(({ size }) => rate.step % size === 0) ?? units[0],
  )
  const wordOf = ({ name }: Unit) => t(`catalogue.unit.${name}`)
  return (
    <div className={styles.rate}>
      <span>{t('catalogue.volume.per')}</span>
      <NumberInput
        aria-label={t('catalogue.volume.each', { what })}
        w={80}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        value={Number.isNaN(rate.step) ? '' : rate.step / unit.size}
        onChange={(typed) => set({ ...rate, step: typed === '' ? Number.NaN : Number(typed) * unit.size })}
      />
      {units.length > 1 ? (
        <Select
          aria-label={t('catalogue.volume.unitOf', { what })}
          w={80}
          allowDeselect={false}
          data={units.map((one) => ({ value: one.name, label: wordOf(one) }))}
          value={unit.name}
          onChange={(chosen) => {
            const next = units.find(({ name }) => name === chosen)
            if (!next) return
            setUnit(next)
            set({ ...rate, step: (rate.step / unit.size) * next.size })
          }}
        />
      ) : (
        <span className={styles.oneUnit}>{wordOf(unit)}</span>
      )}
      <MoneyField
        hideLabel
        label={t('catalogue.volume.price', { what })}
        value={rate.kopecks}
        set={(kopecks) => set({ ...rate, kopecks })}
        error={error || undefined}
      />
    </div>
  )
}
