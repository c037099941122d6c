import type { Audience } from '../../../../contracts/articles.ts'

/** An article to start from: its words stand beside this file, `KEY.ru.markdown` and `KEY.en.markdown`. */
export interface FirstArticle {
  readonly key: string
  /** Key of a topic of the first tree; '' = about none of them. */
  readonly topic: string
  readonly audience: Audience
  /** What people call it besides the title. */
  readonly keywords: { readonly ru: readonly string[]; readonly en: readonly string[] }
}

/** What people ask a mobile operator, as a start: designers change it from then on. */
export const FIRST_ARTICLES: readonly FirstArticle[] = [
  {
    key: 'what-is-left',
    topic: 'tariff-conditions',
    audience: 'public',
    keywords: {
      ru: ['остаток', 'остатки', 'минуты', 'гигабайты', 'трафик', 'пакет', 'сколько осталось', 'проверить'],
      en: ['remaining', 'balance', 'minutes', 'gigabytes', 'data', 'package', 'check'],
    },
  },
  {
    key: 'paid-subscriptions',
    topic: 'content-subscriptions',
    audience: 'public',
    keywords: {
      ru: [
        'подписка',
        'отписаться',
        'отключить подписку',
        'контент',
        'списывают деньги каждый день',
        'запрет',
      ],
      en: ['subscription', 'unsubscribe', 'content', 'charged daily', 'ban'],
    },
  },
  {
    key: 'internet-not-working',
    topic: 'internet-slow',
    audience: 'public',
    keywords: {
      ru: [
        'интернет',
        'нет интернета',
        'пропал интернет',
        'не грузит',
        'медленный интернет',
        'тормозит',
        '4G',
        'LTE',
      ],
      en: ['internet', 'no internet', 'slow', 'data', 'loading', '4G', 'LTE'],
    },
  },
  {
    key: 'apn-settings',
    topic: 'internet-settings',
    audience: 'public',
    keywords: {
      ru: [
        'APN',
        'настройка интернета',
        'настроить',
        'точка доступа',
        'айфон',
        'самсунг',
        'сяоми',
        'ксиоми',
        'хуавей',
        'MMS',
      ],
      en: ['APN', 'set up internet', 'configure', 'access point', 'MMS'],
    },
  },
  {
    key: 'roaming',
    topic: 'tariff-roaming',
    audience: 'public',
    keywords: {
      ru: ['роуминг', 'за границу', 'за рубежом', 'заграница', 'поездка', 'отпуск', 'путешествие', 'Турция'],
      en: ['roaming', 'abroad', 'travel', 'trip', 'holiday'],
    },
  },
  {
    key: 'promised-payment',
    topic: 'promised-payment',
    audience: 'public',
    keywords: {
      ru: ['обещанный платеж', 'деньги в долг', 'занять', 'нет денег', 'доверительный платеж', 'кредит'],
      en: ['promised payment', 'credit', 'borrow', 'no money', 'loan'],
    },
  },
  {
    key: 'lost-sim',
    topic: 'sim-lost',
    audience: 'public',
    keywords: {
      ru: [
        'потеря',
        'потерять',
        'украли телефон',
        'кража',
        'заблокировать',
        'блокировка',
        'разблокировать',
        'симка',
        'симкарта',
        'восстановить номер',
      ],
      en: ['lost', 'stolen', 'block', 'unblock', 'replace SIM'],
    },
  },
  {
    key: 'money-transfer',
    topic: 'refund',
    audience: 'public',
    keywords: {
      ru: ['перевод', 'перевести', 'отправить деньги', 'мобильный перевод', 'поделиться балансом'],
      en: ['transfer', 'send money', 'share balance'],
    },
  },
  {
    key: 'change-tariff',
    topic: 'tariff-change',
    audience: 'public',
    keywords: {
      ru: ['тариф', 'сменить', 'поменять', 'перейти на другой тариф', 'смена тарифа', 'дешевле'],
      en: ['tariff', 'plan', 'change', 'switch', 'cheaper'],
    },
  },
  {
    key: 'esim',
    topic: 'sim',
    audience: 'public',
    keywords: {
      ru: ['есим', 'есимка', 'электронная симка', 'виртуальная сим-карта', 'QR-код', 'установить'],
      en: ['eSIM', 'virtual SIM', 'QR code', 'install'],
    },
  },
  {
    key: 'call-forwarding',
    topic: 'call-forwarding',
    audience: 'public',
    keywords: {
      ru: ['переадресация', 'перенаправить звонки', 'отключить переадресацию', 'ожидание вызова'],
      en: ['forwarding', 'redirect', 'divert', 'turn off forwarding'],
    },
  },
  {
    key: 'number-porting',
    topic: 'number-porting',
    audience: 'public',
    keywords: {
      ru: ['перенос номера', 'со своим номером', 'переход', 'сменить оператора', 'МНП'],
      en: ['porting', 'keep my number', 'switch operator', 'MNP'],
    },
  },
  {
    key: 'charges',
    topic: 'balance',
    audience: 'public',
    keywords: {
      ru: ['списание', 'списали деньги', 'куда ушли деньги', 'расходы', 'баланс', 'сняли'],
      en: ['charge', 'charged', 'money gone', 'balance', 'expenses'],
    },
  },
  {
    key: 'top-up',
    topic: 'top-up',
    audience: 'public',
    keywords: {
      ru: ['пополнить', 'пополнение', 'положить деньги', 'оплатить', 'автоплатеж', 'СБП', 'не пришел платеж'],
      en: ['top up', 'pay', 'refill', 'automatic payment', 'payment missing'],
    },
  },
  {
    key: 'calls-not-working',
    topic: 'device-calls',
    audience: 'public',
    keywords: {
      ru: ['звонок', 'не звонит', 'нет сети', 'не ловит', 'не дозвониться', 'смс не приходят', 'не слышно'],
      en: ['calls', 'no network', 'no signal', 'SMS', 'cannot call'],
    },
  },
  {
    key: 'fraud',
    topic: 'spam-protection',
    audience: 'public',
    keywords: {
      ru: ['мошенник', 'мошенники', 'обман', 'развод', 'спам', 'код из смс', 'служба безопасности'],
      en: ['fraud', 'scam', 'spam', 'phishing'],
    },
  },
  {
    key: 'my-data',
    topic: '',
    audience: 'public',
    keywords: {
      ru: [
        'персональные данные',
        'безопасность',
        'кто видит',
        'детализация',
        'удалить данные',
        'скачать данные',
        'приватность',
      ],
      en: ['personal data', 'privacy', 'call details', 'delete data', 'download data'],
    },
  },
  {
    key: 'upset-person',
    topic: 'a-talk',
    audience: 'agents',
    keywords: {
      ru: ['злится', 'кричит', 'ругается', 'конфликт', 'жалоба', 'извинение', 'эмпатия'],
      en: ['angry', 'shouting', 'conflict', 'complaint', 'apology', 'empathy'],
    },
  },
  {
    key: 'emergency-112',
    topic: 'ambulance',
    audience: 'agents',
    keywords: {
      ru: ['112', 'скорая', 'полиция', 'пожар', 'суицид', 'экстренный', 'угроза жизни'],
      en: ['112', 'ambulance', 'police', 'fire', 'suicide', 'emergency'],
    },
  },
  {
    key: 'lost-documents',
    topic: 'lost-documents',
    audience: 'agents',
    keywords: {
      ru: ['паспорт', 'документы', 'потерял паспорт', 'консульство', 'права'],
      en: ['passport', 'documents', 'consulate', 'driving licence'],
    },
  },
  {
    key: 'check-identity',
    topic: '',
    audience: 'agents',
    keywords: {
      ru: ['проверить личность', 'владелец', 'доверие', 'подтвердить', 'код', 'пропуск'],
      en: ['identity', 'owner', 'trust', 'prove', 'code', 'pass'],
    },
  },
]
