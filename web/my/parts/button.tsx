import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import styles from './parts.module.css'

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly children: ComponentChildren
  /** main: the one thing to do here; soft: another; plain: a link that acts. */
  readonly look?: 'main' | 'soft' | 'plain'
  /** It is being done: pressed again it does nothing. */
  readonly busy?: boolean
}

export function Button({ look = 'main', busy = false, children, onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      class={styles.button}
      data-look={look}
      aria-busy={busy}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  )
}
