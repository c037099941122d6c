import { h, type VNode } from 'preact'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Article as OneArticle } from '../../../contracts/articles.ts'
import { articlePath } from '../../shared/markdown/article-address.ts'
import { renderMarkup } from '../../shared/markdown/render-markup.ts'
import { createIdMaker } from '../core/identifiers.ts'
import type { HelpApi } from './help-api.ts'
import { Ask, Failed, Loading } from './states.tsx'
import { useGot } from './use-got.ts'
import type { HelpWords } from './words.ts'

const newId = createIdMaker()

interface Props {
  readonly api: HelpApi
  readonly words: HelpWords
  readonly locale: string
  readonly base: string
  readonly articleKey: string
  readonly onArticle: (key: string) => void
  readonly onAsk: () => void
}

/** Whether it helped: one answer a reading, which may be changed. */
const Vote = ({ api, words, articleKey, onAsk }: Props) => {
  const id = useMemo(() => newId(), [])
  const [helpful, setHelpful] = useState<boolean | null>(null)
  const vote = (answer: boolean) => {
    setHelpful(answer)
    api.vote(articleKey, { id, helpful: answer })
  }
  return (
    <div class="help-vote">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flowing line in Safari */}
      <div role="group" aria-label={words.helped}>
        <span aria-hidden="true">{words.helped}</span>
        <button type="button" class="chip" aria-pressed={helpful === true} onClick={() => vote(true)}>
          {words.yes}
        </button>
        <button type="button" class="chip" aria-pressed={helpful === false} onClick={() => vote(false)}>
          {words.no}
        </button>
      </div>
      <p role="status">{helpful === null ? '' : helpful ? words.glad : words.sorry}</p>
      {helpful === false && <Ask words={words} onAsk={onAsk} />}
    </div>
  )
}

const Body = ({ article, base, onArticle }: { article: OneArticle } & Pick<Props, 'base' | 'onArticle'>) =>
  renderMarkup<VNode>(article.body, (tag, props, ...children) => h(tag, props, ...children), {
    titleLevel: 3,
    toArticle: (key) => ({
      href: base + articlePath(key),
      onClick: (event: MouseEvent) => {
        if (event.ctrlKey || event.metaKey) return
        event.preventDefault()
        onArticle(key)
      },
    }),
  })

/** One article. The focus goes to its title, so that a screen reader begins there. */
export const Article = (props: Props) => {
  const { api, words, locale, articleKey } = props
  const [got, retry] = useGot(
    useCallback((signal: AbortSignal) => api.read(articleKey, signal), [api, articleKey]),
  )
  const title = useRef<HTMLHeadingElement>(null)
  const article = got !== 'loading' && got.ok ? got.value : undefined
  useEffect(() => {
    if (article) title.current?.focus()
  }, [article])
  if (got === 'loading') return <Loading words={words} />
  if (!article) {
    const missing = !got.ok && got.missing
    return missing ? (
      <p class="help-state" role="alert">
        {words.missing}
      </p>
    ) : (
      <Failed words={words} retry={retry} />
    )
  }
  return (
    <article class="help-article" lang={article.locale}>
      <h3 ref={title} tabIndex={-1}>
        {article.title}
      </h3>
      {article.locale !== locale && (
        <p class="help-note" lang={locale}>
          {words.onlyIn[article.locale]}
        </p>
      )}
      <Body article={article} base={props.base} onArticle={props.onArticle} />
      <div lang={locale}>
        <Vote key={articleKey} {...props} />
      </div>
    </article>
  )
}
