import { Fragment } from 'preact'
import { splitLinks } from '../../../shared/links/index.ts'
import { linkTo, placeAt } from '../../app/route.ts'
import styles from './chat.module.css'

/** What was written, its web addresses ready to be opened: those of this app within it, others in a window of their own. */
export function Words({ text }: { text: string }) {
  return (
    <p class={styles.words}>
      {splitLinks(text).map((part) =>
        part.href === undefined ? (
          <Fragment key={part.at}>{part.text}</Fragment>
        ) : (
          <Address key={part.at} href={part.href} text={part.text} />
        ),
      )}
    </p>
  )
}

function Address({ href, text }: { href: string; text: string }) {
  const place = placeAt(href)
  if (place) return <a {...linkTo(place.section, place.rest)}>{text}</a>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}
