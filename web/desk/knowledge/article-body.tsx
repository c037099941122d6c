import { createElement, type MouseEvent, type ReactElement } from 'react'
import '../../shared/markdown/markup.css'
import { renderMarkup } from '../../shared/markdown/index.ts'
import styles from './knowledge.module.css'

interface Props {
  readonly body: string
  readonly titleLevel?: 1 | 2
  /** Where an article is read at the desk. */
  readonly onArticle: (key: string) => void
}

/** The words of an article. A link to another one opens it right here, or in a tab of its own when asked so. */
export function ArticleBody({ body, titleLevel = 1, onArticle }: Props) {
  const drawn = renderMarkup<ReactElement>(
    body,
    (tag, props, ...children) => createElement(tag, props, ...children),
    {
      titleLevel,
      toArticle: (key) => ({
        href: `/desk/knowledge/read/${key}`,
        onClick: (event: MouseEvent) => {
          if (event.ctrlKey || event.metaKey) return
          event.preventDefault()
          onArticle(key)
        },
      }),
    },
  )
  return <div className={styles.body}>{drawn}</div>
}
