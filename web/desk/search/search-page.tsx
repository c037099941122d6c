import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { search as contract } from '../../../contracts/search.ts'
import { subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { MessageHits, PersonHits } from './hits.tsx'
import styles from './search.module.css'
import { SearchSkeleton } from './search-skeleton.tsx'

const PAUSE_MS = 350
/** A number, an address, a handle, a conversation's number: looked up exactly. */
const looksExact = (text: string) => /@|^[+№#]?[\d\s()-]{3,}$/.test(text)

/** Words in messages, or a person by an exact identifier. */
export function SearchPage() {
  const { t } = useWords()
  const { q = '' } = useSearch({ from: '/search' })
  const navigate = useNavigate()
  const [text, setText] = useState(q)
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  useEffect(() => {
    void navigate({ to: '/search', search: asked ? { q: asked } : {}, replace: true })
  }, [asked, navigate])
  const exact = looksExact(asked) && asked.length >= 3
  const persons = useQuery({
    queryKey: ['find', asked],
    queryFn: ({ signal }) =>
      call(subscribers.findPersons, { query: { exact: asked.replace(/^[№#]\s*/, '') }, signal }),
    enabled: exact,
  })
  const messages = useInfiniteQuery({
    queryKey: ['search', asked],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(contract.searchEntries, {
        query: { q: asked, limit: 30, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    enabled: asked.length >= 2,
  })
  const hits = messages.data?.pages.flatMap((page) => page.items) ?? []
  const isAsking = messages.isFetching || persons.isFetching
  const error = messages.error ?? persons.error
  const isEmpty = asked.length >= 2 && !error && hits.length === 0 && !persons.data?.length
  const retry = () => {
    if (messages.error) void messages.refetch()
    if (persons.error) void persons.refetch()
  }
  return (
    <main className={styles.page}>
      <h1 className="visually-hidden">{t('search.name')}</h1>
      <TextInput
        size="md"
        type="search"
        aria-label={t('search.label')}
        placeholder={t('search.label')}
        leftSection={<IconSearch size={18} />}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {asked.length < 2 && (
        <Empty
          title={t('search.name')}
          hint={t('search.hint')}
          icon={<IconSearch size={28} stroke={1.2} />}
        />
      )}
      {error && <Failed error={error} retry={retry} />}
      {exact && persons.data && persons.data.length > 0 && <PersonHits persons={persons.data} />}
      {hits.length > 0 && (
        <MessageHits
          hits={hits}
          more={messages.hasNextPage ? () => void messages.fetchNextPage() : null}
          busy={messages.isFetchingNextPage}
        />
      )}
      {isEmpty && isAsking && <SearchSkeleton />}
      {isEmpty && !isAsking && <Empty title={t('search.nothing')} hint={t('search.nothingHint')} />}
    </main>
  )
}
