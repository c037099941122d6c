import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type ArticleState, articles, help } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { call } from './api.ts'

export const articlesQuery = (locale: Locale) =>
  infiniteQueryOptions({
    queryKey: ['articles', 'list', locale],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(help.listArticles, {
        query: { locale, limit: 100, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
  })

export const articleSearchQuery = (q: string, locale: Locale) =>
  queryOptions({
    queryKey: ['articles', 'search', locale, q],
    queryFn: ({ signal }) => call(help.searchArticles, { query: { q, locale }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const articleQuery = (key: string, locale: Locale) =>
  queryOptions({
    queryKey: ['articles', 'one', key, locale],
    queryFn: ({ signal }) => call(help.getArticle, { params: { key }, query: { locale }, signal }),
    staleTime: 60_000,
  })

export const suggestionsQuery = (topicId: string, locale: Locale) =>
  queryOptions({
    queryKey: ['articles', 'suggested', topicId, locale],
    queryFn: ({ signal }) => call(help.suggestArticles, { query: { topicId, locale }, signal }),
    staleTime: 60_000,
  })

export const editedArticlesQuery = (state: ArticleState) =>
  infiniteQueryOptions({
    queryKey: ['articles', 'edited', state],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(articles.listEditedArticles, {
        query: { state, limit: 100, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

/** Read once when it is opened: what its author writes lies over it, and a newer version is told as a conflict. */
export const editedArticleQuery = (id: string) =>
  queryOptions({
    queryKey: ['edited-article', id],
    queryFn: ({ signal }) => call(articles.getEditedArticle, { params: { id }, signal }),
    refetchOnWindowFocus: false,
  })

export const articleHistoryQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['article-history', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(articles.listArticleHistory, {
        params: { id },
        query: { limit: 20, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })

export const articleTextQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['article-text', id, version],
    queryFn: ({ signal }) => call(articles.getArticleText, { params: { id, version }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
