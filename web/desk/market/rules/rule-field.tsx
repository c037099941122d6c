import { NumberInput, Switch, TagsInput } from '@mantine/core'
import { decimalMark } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import { type Kind, kindOf, type PlainPath, type RulePath, typeOfPath, type Value } from './rule-fields.ts'
import { ruleName } from './say-rule.ts'

interface Props {
  readonly path: RulePath
  readonly value: Value
  readonly error: string | undefined
  readonly readOnly: boolean
  readonly set: (value: Value) => void
}

/** One figure of the rules, typed as people say it; kept in kopecks, basis points and whole counts. */
export function RuleField({ path, value, error, readOnly, set }: Props) {
  const { t, locale } = useWords()
  const kind = kindOf(path)
  const unit = useUnit(kind)
  // In a table of types the column says what it is.
  const label = typeOfPath(path)
    ? { 'aria-label': ruleName(path, t) }
    : { label: t(`market.rules.field.${path as PlainPath}`) }
  if (kind.kind === 'switch')
    return (
      <Switch
        {...label}
        checked={value === true}
        disabled={readOnly}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    )
  if (kind.kind === 'ids')
    return (
      <TagsInput
        {...label}
        value={Array.isArray(value) ? value : []}
        error={error}
        readOnly={readOnly}
        maxTags={100}
        onChange={(ids) => set(ids.map((id) => id.trim().toLowerCase()))}
      />
    )
  const isFraction = kind.kind === 'money' || kind.kind === 'percent'
  const shown = Number(value)
  return (
    <NumberInput
      {...label}
      value={Number.isNaN(shown) ? '' : isFraction ? shown / 100 : shown}
      error={error}
      readOnly={readOnly}
      hideControls
      allowDecimal={isFraction}
      decimalScale={2}
      decimalSeparator={decimalMark(locale)}
      allowedDecimalSeparators={['.', ',']}
      allowNegative={false}
      thousandSeparator={'\u00a0'}
      suffix={unit && `\u00a0${unit}`}
      onPaste={(event) => {
        // The field drops the other language's decimal sign: seven and a half would become seventy-five.
        const pasted = event.clipboardData.getData('text').trim()
        if (!isFraction || readOnly || !/^\d+[.,]\d{1,2}$/.test(pasted)) return
        event.preventDefault()
        set(Math.round(Number(pasted.replace(',', '.')) * 100))
      }}
      onChange={(typed) => {
        const number = typed === '' ? Number.NaN : Number(typed)
        set(isFraction ? Math.round(number * 100) : number)
      }}
    />
  )
}

/** What stands behind a number; nothing where its name says what is counted. */
function useUnit(kind: Kind): string {
  const { t } = useWords()
  switch (kind.kind) {
    case 'money':
      return '₽'
    case 'percent':
      return '%'
    case 'units':
      return t(`market.lots.unit.${kind.type}`)
    case 'time':
      return t(`market.rules.unit.${kind.unit}`)
    default:
      return ''
  }
}
