import type { ContentTerms } from '../../../contracts/catalogue.ts'
import { ALWAYS, roubles } from './amounts.ts'

/** Subscriptions of third parties; the partners are made up, their addresses belong to nobody (RFC 2606). */
export const CONTENT: readonly ContentTerms[] = [
  {
    kind: 'content',
    code: 'bedtime-tales',
    title: { ru: 'Сказки на ночь', en: 'Bedtime tales' },
    summary: {
      ru: 'Новая аудиосказка каждый вечер, без рекламы. Для детей от трёх лет.',
      en: 'A new audio tale every evening, without advertising. For children from three years.',
    },
    ...ALWAYS,
    partner: { name: 'ООО «Тихий час»', support: 'help@tihiy-chas.example', shortNumber: '7031' },
    feeKopecks: roubles(5),
    charge: 'daily',
  },
  {
    kind: 'content',
    code: 'horoscope',
    title: { ru: 'Гороскоп', en: 'Horoscope' },
    summary: {
      ru: 'SMS с прогнозом каждое утро. Развлечение: научных оснований у прогноза нет.',
      en: 'A forecast by SMS every morning. For fun: there is no science in it.',
    },
    ...ALWAYS,
    partner: { name: 'ООО «Звёздный двор»', support: 'care@zvezdny-dvor.example', shortNumber: '7044' },
    feeKopecks: roubles(7),
    charge: 'daily',
  },
  {
    kind: 'content',
    code: 'match-centre',
    title: { ru: 'Матч-центр', en: 'Match centre' },
    summary: {
      ru: 'Голы и составы ваших команд в SMS, обзоры в приложении партнёра.',
      en: 'Goals and line-ups of your teams by SMS, highlights in the partner’s app.',
    },
    ...ALWAYS,
    partner: { name: 'ООО «Трибуна-Медиа»', support: 'support@tribuna-media.example', shortNumber: '7058' },
    feeKopecks: roubles(39),
    charge: 'weekly',
  },
  {
    kind: 'content',
    code: 'cinema',
    title: { ru: 'Кинозал', en: 'Cinema' },
    summary: {
      ru: 'Фильмы и сериалы по подписке. Трафик просмотра расходует ваши гигабайты.',
      en: 'Films and series by subscription. Watching uses your gigabytes.',
    },
    ...ALWAYS,
    partner: { name: 'АО «Белый экран»', support: 'help@bely-ekran.example', shortNumber: '7066' },
    feeKopecks: roubles(249),
    charge: 'monthly',
  },
  {
    kind: 'content',
    code: 'word-of-the-day',
    title: { ru: 'Английский: слово дня', en: 'English: word of the day' },
    summary: {
      ru: 'Слово с примером каждый будний день. Отключить можно здесь в любую минуту.',
      en: 'A word with an example every working day. Stop it here at any minute.',
    },
    ...ALWAYS,
    partner: { name: 'ИП Лингвин А. В.', support: 'hello@lingvin.example', shortNumber: '7072' },
    feeKopecks: roubles(3),
    charge: 'daily',
  },
]
