import type { ComponentChildren } from 'preact'
import styles from './parts.module.css'

type Fact = readonly [name: string, value: ComponentChildren]

/** What something comes to, line by line; what is false is left out. */
export function Facts({ of }: { of: readonly (Fact | false)[] }) {
  return (
    <dl class={styles.facts}>
      {of.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
