import type { ComponentChildren } from 'preact'
import type { MySection } from '../../../contracts/my.ts'
import { linkTo } from '../app/route.ts'
import { BackIcon } from './icons.tsx'
import styles from './parts.module.css'

/** From a screen within a section back to the section. */
export function BackLink({ to, children }: { readonly to: MySection; readonly children: ComponentChildren }) {
  return (
    <a class={styles.back} {...linkTo(to)}>
      <BackIcon size={20} /> {children}
    </a>
  )
}
