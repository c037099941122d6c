import { Select, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { membersQuery } from '../data/session.ts'
import { useMe } from '../session/use-me.ts'
import { PagesTable } from './pages-table.tsx'
import styles from './settings.module.css'

/** Whose accesses, and on which days (as the browser's calendar writes them; both included). */
interface Filter {
  readonly agentId: string | null
  readonly from: string
  readonly to: string
}

const startOf = (day: string, later = 0): string => {
  const at = new Date(`${day}T00:00`)
  at.setDate(at.getDate() + later)
  return at.toISOString()
}

function FilterBar({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const { t } = useWords()
  const members = useQuery(membersQuery).data ?? []
  return (
    <div className={styles.filter}>
      <Select
        label={t('privacy.agent')}
        placeholder={t('privacy.everybody')}
        data={members.map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.agentId}
        onChange={(agentId) => change({ ...filter, agentId })}
        searchable
        clearable
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`privacy.${end}`)}
          value={filter[end]}
          min={end === 'to' ? filter.from : undefined}
          max={end === 'from' ? filter.to : undefined}
          onChange={(event) => change({ ...filter, [end]: event.currentTarget.value })}
        />
      ))}
    </div>
  )
}

/** Who looked at whom, and why: of everybody, or of one member of the staff in a period. */
export function Accesses() {
  const { t, locale } = useWords()
  const mayOpen = useMe().may('agent', 'supervisor')
  const [filter, setFilter] = useState<Filter>({ agentId: null, from: '', to: '' })
  const { agentId, from, to } = filter
  const query = useInfiniteQuery({
    queryKey: ['accesses', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(privacy.listAccesses, {
        query: {
          limit: 50,
          ...(pageParam && { after: pageParam }),
          ...(agentId && { agentId }),
          ...(from && { from: startOf(from) }),
          ...(to && { to: startOf(to, 1) }),
        },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagesTable
      title={t('sections.accesses')}
      above={<FilterBar filter={filter} change={setFilter} />}
      query={query}
      empty={t('privacy.noAccesses')}
      columns={[
        { head: t('audit.at'), cell: (one) => formatMoment(one.at, locale) },
        { head: t('audit.who'), cell: (one) => one.agentName },
        { head: t('audit.act'), cell: (one) => t(`privacy.acts.${one.act}`, { defaultValue: one.act }) },
        { head: t('audit.reason'), cell: (one) => one.reason },
        { head: t('audit.address'), cell: (one) => one.address },
        {
          head: '',
          cell: (one) =>
            one.conversationId &&
            mayOpen && (
              <Link
                to="/inbox/$conversationId"
                params={{ conversationId: one.conversationId }}
                search={{ view: 'all', state: 'open' }}
                style={{ color: 'var(--accent)' }}
              >
                {t('audit.open')}
              </Link>
            ),
        },
      ]}
    />
  )
}
