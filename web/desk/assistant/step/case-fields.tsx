import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { Flow, FlowNode } from '../../../../contracts/flows.ts'
import { useAssistantWords } from '../words.ts'
import { knownNames } from './known-names.ts'
import styles from './step.module.css'

type When = Extract<FlowNode, { kind: 'when' }>
type Case = When['cases'][number]
type How = 'is' | 'atLeast' | 'below'

const MOST_CASES = 12
const HOWS: readonly How[] = ['is', 'atLeast', 'below']

const howOf = ({ atLeast, below }: Case): How =>
  atLeast !== undefined ? 'atLeast' : below !== undefined ? 'below' : 'is'

/** What was typed as the value that it means: yes and no, a number, else the words themselves. */
function meantBy(text: string): string | number | boolean {
  if (text === 'true') return true
  if (text === 'false') return false
  const number = Number(text.replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(number) ? number : text
}

function caseOf({ fact, next }: Case, how: How, text: string): Case {
  const value = meantBy(text)
  if (how === 'is') return { fact, is: value, next }
  const bound = typeof value === 'number' ? value : 0
  return how === 'atLeast' ? { fact, atLeast: bound, next } : { fact, below: bound, next }
}

/** Conditions, tried from the top. */
export function CaseFields({
  flow,
  node,
  put,
}: {
  flow: Flow
  node: When
  put: (node: FlowNode, where?: string) => void
}) {
  const { t } = useAssistantWords()
  const names = knownNames(flow)
  const { cases } = node
  const set = (place: number, one: Case, where?: string) =>
    put({ ...node, cases: cases.with(place, one) }, where)
  return (
    <fieldset className={styles.targets}>
      <legend>{t('step.cases')}</legend>
      {cases.map((one, place) => {
        const how = howOf(one)
        const value = String(one[how] ?? '')
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no other name than its place
          <div key={`${place} of ${cases.length}`} className={styles.case}>
            <Select
              aria-label={t('step.fact', { place: place + 1 })}
              value={one.fact}
              data={names.includes(one.fact) ? names : [one.fact, ...names]}
              searchable
              allowDeselect={false}
              onChange={(fact) => fact !== null && set(place, { ...one, fact })}
            />
            <Select
              aria-label={t('step.how', { place: place + 1 })}
              value={how}
              data={HOWS.map((name) => ({ value: name, label: t(`how.${name}`) }))}
              allowDeselect={false}
              onChange={(next) => next !== null && set(place, caseOf(one, next, value))}
            />
            <TextInput
              aria-label={t('step.value', { place: place + 1 })}
              value={value}
              maxLength={60}
              onChange={(event) => set(place, caseOf(one, how, event.currentTarget.value), `case ${place}`)}
            />
            <ActionIcon
              aria-label={t('step.removeCase', { place: place + 1 })}
              disabled={cases.length < 2}
              onClick={() => put({ ...node, cases: cases.toSpliced(place, 1) })}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        )
      })}
      {cases.length < MOST_CASES && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            put({ ...node, cases: [...cases, { fact: 'channel', is: 'sms', next: node.otherwise }] })
          }
        >
          {t('step.addCase')}
        </Button>
      )}
    </fieldset>
  )
}
