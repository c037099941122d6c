import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type ArticleText, articles, type EditedArticle } from '../../../contracts/articles.ts'
import { call } from '../data/api.ts'
import { articleHistoryQuery, editedArticleQuery } from '../data/articles.ts'
import { queryClient } from '../data/query-client.ts'
import { beforeLeaving, beforeUnload } from '../session/leave.ts'

const same = (a: ArticleText, b: ArticleText) => JSON.stringify(a) === JSON.stringify(b)

/** The article as it now is, wherever it is shown. */
function remember(article: EditedArticle): void {
  queryClient.setQueryData(editedArticleQuery(article.id).queryKey, article)
  void queryClient.invalidateQueries({ queryKey: ['articles'] })
  void queryClient.invalidateQueries({ queryKey: articleHistoryQuery(article.id).queryKey })
}

const after = (
  route: typeof articles.publishArticle | typeof articles.retireArticle,
  of: EditedArticle,
): Promise<EditedArticle> => call(route, { params: { id: of.id }, body: { basedOn: of.version } })

interface Written {
  readonly article: EditedArticle
  readonly text: ArticleText
}

/**
 * What an author writes over the newest text. It is kept as a draft when asked, before it is published, and when the page is left or
 * the desk locks: nothing that was typed is lost. When somebody else was faster, the author's words stay in the fields.
 */
export function useArticleDraft(article: EditedArticle) {
  const [text, setText] = useState(article.text)
  const now = useRef<Written>({ article, text })
  now.current = { article, text }
  const dirty = !same(text, article.text)

  const save = useCallback(async (): Promise<EditedArticle> => {
    const { article: base, text: words } = now.current
    if (same(words, base.text)) return base
    const saved = await call(articles.saveArticleDraft, {
      params: { id: base.id },
      body: { basedOn: base.version, text: words },
    })
    now.current = { ...now.current, article: saved }
    remember(saved)
    return saved
  }, [])

  const { act, busy, problem, forgive } = useActs()
  useKeptWhenLeft(now, save)

  return {
    text,
    change: (part: Partial<ArticleText>) => setText((before) => ({ ...before, ...part })),
    dirty,
    busy,
    problem,
    save: () => act(save),
    publish: () => act(async () => after(articles.publishArticle, await save())),
    retire: () => act(async () => after(articles.retireArticle, await save())),
    rollBack: (to: number) =>
      act(async () => {
        const { id, version } = await save()
        return call(articles.rollBackArticle, { params: { id }, body: { basedOn: version, to } })
      }),
    /** Takes what somebody else wrote meanwhile for one's own. */
    takeTheirs: async () => {
      const fresh = await queryClient.fetchQuery({ ...editedArticleQuery(article.id), staleTime: 0 })
      setText(fresh.text)
      forgive()
    },
  }
}

/** Does one thing at a time and says why it was not done. */
function useActs() {
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const act = useCallback(async (work: () => Promise<EditedArticle>): Promise<boolean> => {
    setBusy(true)
    setProblem(null)
    try {
      remember(await work())
      return true
    } catch (error) {
      setProblem(error)
      return false
    } finally {
      setBusy(false)
    }
  }, [])
  return { act, busy, problem, forgive: () => setProblem(null) }
}

/** The page is left or the desk locks: what was typed is saved first. */
function useKeptWhenLeft(now: RefObject<Written>, save: () => Promise<EditedArticle>): void {
  useEffect(() => {
    const keep = () => save().catch(() => undefined)
    const isInDanger = () => !same(now.current.text, now.current.article.text)
    const stops = [beforeLeaving(keep), beforeUnload(isInDanger)]
    return () => {
      for (const stop of stops) stop()
      void keep()
    }
  }, [now, save])
}
