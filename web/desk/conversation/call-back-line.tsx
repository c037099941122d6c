import { Button } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import type { CallBack } from '../../../contracts/conversations.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { finishCallBack } from '../actions/act.ts'
import { useWords } from '../app/words.ts'
import { sayCallBack, stateOfCallBack } from '../parts/call-back.ts'
import { useNow } from '../parts/use-now.ts'
import styles from './conversation.module.css'

/** A call that was promised here: when by the person's clock, at which number, whether it is due; done with one press. */
export function CallBackLine({ id, callBack }: { readonly id: string; readonly callBack: CallBack }) {
  const { t, locale } = useWords()
  const state = stateOfCallBack(callBack, useNow(20_000))
  const { msisdn } = callBack
  return (
    <section className={styles.callBack} data-state={state} aria-label={t('callBack.name')}>
      <IconPhoneOutgoing size={16} aria-hidden />
      <span className={styles.callBackText}>
        <strong>{t(`callBack.${state}`)}</strong> {t('callBack.promised', sayCallBack(callBack, locale))}
        {msisdn !== null && (
          <>
            {' · '}
            <a className="numeric" href={`tel:+${msisdn}`}>
              {formatPhone(msisdn)}
            </a>
          </>
        )}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => void finishCallBack(id)}>
        {t('callBack.done')}
      </Button>
    </section>
  )
}
