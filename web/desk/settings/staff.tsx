import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Member, staff } from '../../../contracts/staff.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { membersQuery } from '../data/session.ts'
import { useMe } from '../session/use-me.ts'
import { DataTable } from './data-table.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

/** Who works here, in what roles, how much at a time, and who is there now; what an admin changes, a supervisor sees. */
export function Staff() {
  const { t } = useWords()
  const { me, may } = useMe()
  const query = useQuery(membersQuery)
  const [edited, setEdited] = useState<Member | 'new' | null>(null)
  const [lockedOut, setLockedOut] = useState<Member | null>(null)
  const change = (id: string, body: { active: boolean } | { resetSecondFactor: true }) =>
    void run(call(staff.changeMember, { params: { id }, body }), ['members'], t('states.saved'), (error) =>
      isProblem(error, 'conflict') ? t('staff.lastAdmin') : null,
    )
  return (
    <Room
      title={t('sections.staff')}
      query={query}
      action={may('admin') && <Button onClick={() => setEdited('new')}>{t('staff.add')}</Button>}
    >
      {(rows) => (
        <>
          <DataTable
            rows={rows}
            columns={[
              {
                head: t('staff.name'),
                cell: (one) => (
                  <>
                    {one.name}
                    <div className={styles.dim}>{one.email}</div>
                  </>
                ),
              },
              {
                head: t('staff.roles'),
                cell: (one) => one.roles.map((role) => t(`role.${role}`)).join(', '),
              },
              { head: t('staff.capacity'), cell: (one) => one.capacity },
              {
                head: t('staff.state'),
                cell: (one) =>
                  one.active ? (
                    t(`presence.${one.presence}`)
                  ) : (
                    <span className={styles.warn}>{t('staff.disabled')}</span>
                  ),
              },
              {
                head: '',
                cell: (one) =>
                  may('admin') && (
                    <Group gap={4} justify="flex-end">
                      <Button variant="default" onClick={() => setEdited(one)}>
                        {t('staff.edit')}
                      </Button>
                      {one.id !== me?.member.id && (
                        <Button variant="subtle" color="gray" onClick={() => setLockedOut(one)}>
                          {t('staff.newPassword')}
                        </Button>
                      )}
                      {one.secondFactor && (
                        <Button
                          variant="subtle"
                          color="gray"
                          onClick={() => change(one.id, { resetSecondFactor: true })}
                        >
                          {t('staff.resetSecondFactor')}
                        </Button>
                      )}
                      <Button
                        variant="subtle"
                        color="gray"
                        onClick={() => change(one.id, { active: !one.active })}
                      >
                        {t(one.active ? 'staff.off' : 'staff.on')}
                      </Button>
                    </Group>
                  ),
              },
            ]}
          />
          {lockedOut && <PasswordDialog member={lockedOut} close={() => setLockedOut(null)} />}
          {edited && <MemberDialog member={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
        </>
      )}
    </Room>
  )
}
