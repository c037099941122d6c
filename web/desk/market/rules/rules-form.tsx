import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { MarketRulesVersion } from '../../../../contracts/market.ts'
import { useWords } from '../../app/words.ts'
import { StickyBar } from '../../parts/sticky-bar.tsx'
import { useMe } from '../../session/use-me.ts'
import market from '../market.module.css'
import { PublishDialog } from './publish-dialog.tsx'
import { RuleField } from './rule-field.tsx'
import {
  GROUP_NAMES,
  GROUPS,
  type Group as GroupName,
  OF_TYPE,
  type RulePath,
  TYPES,
  type Value,
} from './rule-fields.ts'
import styles from './rules.module.css'
import { changesOf, type Draft, drafted, judge, withValue } from './rules-draft.ts'
import { sayFault } from './say-rule.ts'
import { useRulesDraft } from './use-rules-draft.ts'

interface Editing {
  readonly draftedAt: (path: RulePath) => Value
  readonly errorOf: (path: RulePath) => string | undefined
  readonly set: (path: RulePath, value: Value) => void
  readonly readOnly: boolean
}

const NOTHING: Draft = new Map()

/** The rules as a form: each field says at once what is wrong with it; what changes is looked at before it is published. */
export function RulesForm({ inForce }: { inForce: MarketRulesVersion }) {
  const { t, locale } = useWords()
  const mayEdit = useMe().may('designer', 'admin')
  const [kept, keep] = useRulesDraft()
  const [looks, setLooks] = useState(false)
  const { rules, version } = inForce
  const draft = changesOf(kept?.draft ?? NOTHING, rules)
  const { rules: next, faults } = judge(draft, rules)
  const editing: Editing = {
    draftedAt: (path) => drafted(draft, rules, path),
    errorOf: (path) => {
      const fault = faults.find((one) => one.path === path)
      return fault && sayFault(fault, t, locale)
    },
    set: (path, value) => keep({ draft: withValue(draft, rules, path, value), basedOn: version }),
    readOnly: !mayEdit,
  }
  const isMoved = draft.size > 0 && kept !== null && kept.basedOn !== version
  return (
    <form
      className={styles.rules}
      onSubmit={(event) => {
        event.preventDefault()
        if (next && draft.size > 0) setLooks(true)
      }}
    >
      {!mayEdit && <p className={market.notice}>{t('market.rules.readOnly')}</p>}
      {isMoved && (
        <p className={market.notice} data-tone="amber" role="alert">
          {t('market.rules.moved', { version, by: inForce.publishedBy })}
        </p>
      )}
      {GROUP_NAMES.map((name) => (
        <fieldset key={name} className={styles.group}>
          <legend>{t(`market.rules.group.${name}`)}</legend>
          <GroupHint name={name} />
          {name === 'types' ? <TypeFields {...editing} /> : <Fields paths={GROUPS[name]} {...editing} />}
        </fieldset>
      ))}
      {draft.size > 0 && (
        <StickyBar className={styles.publish}>
          <span>
            {faults.length > 0
              ? t('market.rules.fix', { count: faults.length })
              : t('market.rules.waiting', { count: draft.size })}
            <span className={market.dim}> · {t('market.rules.onlyHere')}</span>
          </span>
          <Group gap={6}>
            <Button variant="subtle" color="gray" onClick={() => keep(null)}>
              {t('market.rules.reset')}
            </Button>
            <Button type="submit" disabled={next === undefined}>
              {t('market.rules.look')}
            </Button>
          </Group>
        </StickyBar>
      )}
      {looks && next && (
        <PublishDialog
          inForce={inForce}
          next={next}
          published={() => keep(null)}
          close={() => setLooks(false)}
        />
      )}
    </form>
  )
}

function GroupHint({ name }: { name: GroupName }) {
  const { t } = useWords()
  const hint = t(`market.rules.groupHint.${name}`)
  return hint === '' ? null : <p className={market.quiet}>{hint}</p>
}

function Fields({ paths, draftedAt, errorOf, set, readOnly }: Editing & { paths: readonly RulePath[] }) {
  return (
    <div className={styles.fields}>
      {paths.map((path) => (
        <RuleField
          key={path}
          path={path}
          value={draftedAt(path)}
          error={errorOf(path)}
          readOnly={readOnly}
          set={(value) => set(path, value)}
        />
      ))}
    </div>
  )
}

/** What may be sold: a row a type, so that types are compared down the column. */
function TypeFields({ draftedAt, errorOf, set, readOnly }: Editing) {
  const { t } = useWords()
  return (
    <div className={styles.typeFields}>
      <span aria-hidden />
      {OF_TYPE.map((name) => (
        <span key={name} className={styles.typeHead} aria-hidden>
          {t(`market.rules.field.${name}`)}
        </span>
      ))}
      {TYPES.map((type) => (
        <div key={type} className={styles.typeRow}>
          <b>{t(`market.type.${type}`)}</b>
          {OF_TYPE.map((name) => {
            const path: RulePath = `types.${type}.${name}`
            return (
              <div key={name}>
                <span className={styles.typeLabel} aria-hidden>
                  {t(`market.rules.field.${name}`)}
                </span>
                <RuleField
                  path={path}
                  value={draftedAt(path)}
                  error={errorOf(path)}
                  readOnly={readOnly}
                  set={(value) => set(path, value)}
                />
              </div>
            )
          })}
        </div>
      ))}
    </div>
  )
}
