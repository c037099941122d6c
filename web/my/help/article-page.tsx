import { h, type VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { v7 } from 'uuid'
import { help } from '../../../contracts/articles.ts'
import { articlePath, renderMarkup } from '../../shared/markdown/index.ts'
import { go } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { useReading } from '../data/reading.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Shown } from '../parts/states.tsx'
import '../../shared/markdown/markup.css'
import styles from './help.module.css'

/** One article, and whether it helped. */
export function ArticlePage({ articleKey }: { articleKey: string }) {
  const { w, locale } = useWords()
  const reading = useReading(`article:${locale}:${articleKey}`, () =>
    call(help.getArticle, { params: { key: articleKey }, query: { locale } }),
  )
  return (
    <>
      <BackLink to="help">{w.help.title}</BackLink>
      <Shown reading={reading}>
        {({ title, body, locale: written }) => (
          <>
            <article class={styles.text} lang={written}>
              <h1>{title}</h1>
              {written !== locale && (
                <p class={styles.otherTongue} lang={locale}>
                  {w.help.onlyIn[written]}
                </p>
              )}
              {renderMarkup<VNode>(body, (tag, props, ...children) => h(tag, props, ...children), {
                titleLevel: 1,
                toArticle: (key) => ({
                  href: articlePath(key),
                  onClick: (event: MouseEvent) => {
                    if (event.metaKey || event.ctrlKey) return
                    event.preventDefault()
                    go('help', key)
                  },
                }),
              })}
            </article>
            <Vote key={articleKey} articleKey={articleKey} />
          </>
        )}
      </Shown>
    </>
  )
}

/** One answer a reading, which may be changed. */
function Vote({ articleKey }: { articleKey: string }) {
  const { w } = useWords()
  const id = useMemo(() => v7(), [])
  const [helpful, setHelpful] = useState<boolean>()
  const vote = (answer: boolean) => {
    setHelpful(answer)
    // Nothing hangs on it: who is offline has read the article all the same.
    call(help.voteOnArticle, { params: { key: articleKey }, body: { id, helpful: answer } }).catch(
      () => undefined,
    )
  }
  return (
    <div class={styles.vote}>
      <span>{helpful === undefined ? w.help.helpful : w.help.thanks}</span>
      <Button look="soft" aria-pressed={helpful === true} onClick={() => vote(true)}>
        {w.help.yes}
      </Button>
      <Button look="soft" aria-pressed={helpful === false} onClick={() => vote(false)}>
        {w.help.no}
      </Button>
    </div>
  )
}
