import { Anchor } from '@mantine/core'
import { QRCodeSVG } from 'qrcode.react'
import { useWords } from '../app/words.ts'
import styles from './authenticator-key.module.css'

/** Light modules around the code, without which cameras do not find it (ISO/IEC 18004: four). */
const QUIET_ZONE = 4

interface Props {
  /** In base 32, to be typed. */
  readonly secret: string
  /** `otpauth://…`: the same for an app. */
  readonly uri: string
}

/** The key of a second factor, for the ways in which it gets into an authenticator: a camera, the app on this device, a person's fingers. */
export function AuthenticatorKey({ secret, uri }: Props) {
  const { t } = useWords()
  return (
    <>
      <QRCodeSVG
        className={styles.picture}
        value={uri}
        size={208}
        marginSize={QUIET_ZONE}
        title={t('enrol.picture')}
      />
      <code className={styles.secret}>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
      <Anchor href={uri} size="sm">
        {t('enrol.open')}
      </Anchor>
    </>
  )
}
