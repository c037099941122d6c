import type { Locale } from '../../../../contracts/primitives.ts'
import type { T } from '../words.ts'
import type { Setting } from './use-trial.ts'

/** Somebody signed in, with an ordinary line; the designer changes whatever matters. */
export function firstSetting(locale: Locale, t: T): Setting {
  return {
    mode: 'text',
    locale,
    trust: 4,
    channel: null,
    hour: null,
    topic: '',
    line: {
      balanceKopecks: 35_000,
      state: 'active',
      left: t('sample.left'),
      tariff: t('sample.tariff'),
      spentKopecks: 45_000,
      subscriptions: [t('sample.subscription'), t('sample.otherSubscription')],
      options: [t('sample.option')],
      available: [t('sample.available')],
      roaming: [t('sample.roaming')],
      tariffs: [t('sample.otherTariff')],
      edge: 'does',
    },
  }
}
