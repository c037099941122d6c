import { useState } from 'react'
import { type Member, staff } from '../../../contracts/staff.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import styles from './settings.module.css'

/** A new first password for who lost theirs, shown this once. */
export function PasswordDialog({ member, close }: { member: Member; close: () => void }) {
  const { t } = useWords()
  const [password, setPassword] = useState<string | null>(null)
  const act = async () =>
    setPassword((await call(staff.resetPassword, { params: { id: member.id } })).password)
  return (
    <Dialog
      title={t('staff.newPasswordOf', { name: member.name })}
      word={t('staff.givePassword')}
      close={close}
      act={act}
      keepOpen
      once={{ shown: password !== null }}
    >
      <p>{t('staff.newPasswordHint')}</p>
      {password && (
        <div>
          <p className={styles.dim}>{t('staff.password')}</p>
          <div className={styles.once}>{password}</div>
        </div>
      )}
    </Dialog>
  )
}
