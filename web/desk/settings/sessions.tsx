import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { staff } from '../../../contracts/staff.ts'
import { deviceName, formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { sessionsQuery } from '../data/session.ts'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'

/** Where I am signed in, and the way to end it. */
export function Sessions() {
  const { t, locale } = useWords()
  const query = useQuery(sessionsQuery)
  return (
    <Room title={t('sections.sessions')} query={query}>
      {(rows) => (
        <DataTable
          rows={rows}
          columns={[
            {
              head: t('sessions.device'),
              cell: (one) => (
                <>
                  <span title={one.userAgent}>{deviceName(one.userAgent)}</span>
                  {one.current && <b> · {t('sessions.current')}</b>}
                </>
              ),
            },
            { head: t('sessions.address'), cell: (one) => one.address },
            { head: t('sessions.seen'), cell: (one) => formatMoment(one.lastSeenAt, locale) },
            {
              head: '',
              cell: (one) =>
                !one.current && (
                  <Button
                    variant="default"
                    onClick={() =>
                      void run(call(staff.revokeSession, { params: { id: one.id } }), ['sessions'])
                    }
                  >
                    {t('sessions.end')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </Room>
  )
}
