import { Checkbox, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Member, Role, staff } from '../../../contracts/staff.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { CountInput, isCount } from '../parts/count-input.tsx'
import { Dialog } from '../parts/dialog.tsx'
import styles from './settings.module.css'

const CAPACITY = { min: 1, max: 200 } as const

/** Adds or changes somebody; a first password is shown this once. */
export function MemberDialog({ member, close }: { member: Member | null; close: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState(member?.name ?? '')
  const [email, setEmail] = useState(member?.email ?? '')
  const [roles, setRoles] = useState<readonly Role[]>(member?.roles ?? ['agent'])
  const [capacity, setCapacity] = useState<number | null>(member?.capacity ?? 10)
  const [password, setPassword] = useState<string | null>(null)
  const act = async () => {
    if (!isCount(capacity, CAPACITY)) return
    const body = { name: name.trim(), roles: [...roles], capacity }
    if (member) await call(staff.changeMember, { params: { id: member.id }, body })
    else setPassword((await call(staff.createMember, { body: { ...body, email: email.trim() } })).password)
    await queryClient.invalidateQueries({ queryKey: ['members'] })
    if (member) close()
  }
  const ready =
    name.trim() !== '' &&
    isCount(capacity, CAPACITY) &&
    roles.length > 0 &&
    (member !== null || email.includes('@'))
  return (
    <Dialog
      title={member?.name ?? t('staff.add')}
      word={t('states.save')}
      close={close}
      act={act}
      ready={ready}
      keepOpen
      explain={(error) =>
        isProblem(error, 'conflict') ? t(member ? 'staff.lastAdmin' : 'staff.emailTaken') : null
      }
      once={{ shown: password !== null }}
    >
      <TextInput
        label={t('staff.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      {!member && (
        <TextInput
          label={t('staff.email')}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      )}
      <Checkbox.Group
        label={t('staff.roles')}
        value={[...roles]}
        onChange={(values) => setRoles(Role.options.filter((role) => values.includes(role)))}
      >
        <Group gap={12} mt={4}>
          {Role.options.map((role) => (
            <Checkbox key={role} value={role} label={t(`role.${role}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <CountInput label={t('staff.capacity')} {...CAPACITY} value={capacity} onChange={setCapacity} />
      {password && (
        <div>
          <p className={styles.dim}>{t('staff.password')}</p>
          <div className={styles.once}>{password}</div>
        </div>
      )}
    </Dialog>
  )
}
