import type { OptionTerms } from '../../../contracts/catalogue.ts'
import { ALWAYS, gigabytes, messages, minutes, roubles } from './amounts.ts'

const NOTHING = { packages: [], days: null, requires: [], excludes: [], countries: [] } as const
type Plain = Omit<OptionTerms, 'kind' | 'connectionKopecks' | keyof typeof NOTHING | keyof typeof ALWAYS>

/** An option with what most have; the rest is said. */
const anOption = (terms: Plain & Partial<OptionTerms>): OptionTerms => ({
  kind: 'option',
  connectionKopecks: 0,
  ...ALWAYS,
  packages: [...NOTHING.packages],
  days: NOTHING.days,
  requires: [...NOTHING.requires],
  excludes: [...NOTHING.excludes],
  countries: [...NOTHING.countries],
  ...terms,
})

const WARM_COUNTRIES = ['TR', 'EG', 'AE', 'TH', 'VN', 'LK', 'MV']
const NEAR_COUNTRIES = ['BY', 'KZ', 'AM', 'KG', 'UZ', 'TJ', 'AZ', 'GE', 'MD']
const EUROPEAN_COUNTRIES = ['RS', 'ME', 'HU', 'IT', 'ES', 'GR', 'CY', 'FR', 'DE', 'AT', 'PT', 'HR']

const INTERNET: readonly OptionTerms[] = [
  anOption({
    code: 'day-3gb',
    title: { ru: '3 ГБ на день', en: '3 GB for a day' },
    summary: {
      ru: 'Если пакет закончился, а день ещё нет. Сгорают через 24 часа.',
      en: 'When the package is over and the day is not. Gone after 24 hours.',
    },
    category: 'internet',
    feeKopecks: roubles(45),
    charge: 'once',
    packages: [gigabytes(3)],
    days: 1,
  }),
  anOption({
    code: 'more-5gb',
    title: { ru: 'Ещё 5 ГБ', en: '5 GB more' },
    summary: {
      ru: 'Действуют 30 дней и тратятся после пакета тарифа. Сами не продлеваются.',
      en: 'Last 30 days and are used after the package of the tariff. They do not renew themselves.',
    },
    category: 'internet',
    feeKopecks: roubles(120),
    charge: 'once',
    packages: [gigabytes(5)],
    days: 30,
  }),
  anOption({
    code: 'more-20gb',
    title: { ru: 'Ещё 20 ГБ', en: '20 GB more' },
    summary: {
      ru: 'Действуют 30 дней и тратятся после пакета тарифа. Сами не продлеваются.',
      en: 'Last 30 days and are used after the package of the tariff. They do not renew themselves.',
    },
    category: 'internet',
    feeKopecks: roubles(320),
    charge: 'once',
    packages: [gigabytes(20)],
    days: 30,
  }),
  anOption({
    code: 'messengers',
    title: { ru: 'Безлимит на мессенджеры', en: 'Unlimited messengers' },
    summary: {
      ru: 'Переписка, голосовые и фото не тратят гигабайты. Видеозвонки и ссылки из чатов — тратят.',
      en: 'Messages, voice notes and photos do not use gigabytes. Video calls and links from chats do.',
    },
    category: 'internet',
    feeKopecks: roubles(60),
    charge: 'monthly',
  }),
  anOption({
    code: 'video',
    title: { ru: 'Безлимит на видео', en: 'Unlimited video' },
    summary: {
      ru: 'Видеосервисы не тратят гигабайты, качество — до 1080p. На «Капле» не работает: там нет пакета.',
      en: 'Video services do not use gigabytes, in quality up to 1080p. Not with Drop, which has no package.',
    },
    category: 'internet',
    feeKopecks: roubles(150),
    charge: 'monthly',
    excludes: ['drop'],
  }),
  anOption({
    code: 'evening',
    title: { ru: 'Вечера без счётчика', en: 'Evenings without a meter' },
    summary: {
      ru: 'С 20:00 до полуночи любое видео и мессенджеры бесплатно. Не нужна тем, у кого есть «Безлимит на видео».',
      en: 'Videos and messengers are free from 20:00 to midnight. Pointless beside Unlimited video.',
    },
    category: 'internet',
    feeKopecks: roubles(5),
    charge: 'daily',
    requires: ['messengers'],
    excludes: ['video'],
  }),
]

const CALLS: readonly OptionTerms[] = [
  anOption({
    code: 'minutes-100',
    title: { ru: '100 минут', en: '100 minutes' },
    summary: {
      ru: 'На любые номера России, на 30 дней. Сами не продлеваются.',
      en: 'To any number in Russia, for 30 days. They do not renew themselves.',
    },
    category: 'calls',
    feeKopecks: roubles(90),
    charge: 'once',
    packages: [minutes(100)],
    days: 30,
  }),
  anOption({
    code: 'minutes-500',
    title: { ru: '500 минут каждый месяц', en: '500 minutes every month' },
    summary: {
      ru: 'На любые номера России. Что не наговорили, в конце месяца сгорает.',
      en: 'To any number in Russia. What is not talked is gone at the end of the month.',
    },
    category: 'calls',
    feeKopecks: roubles(240),
    charge: 'monthly',
    packages: [minutes(500)],
  }),
  anOption({
    code: 'own-circle',
    title: { ru: 'Свой круг', en: 'Own circle' },
    summary: {
      ru: 'Звонки на номера «Волны» не тратят минуты.',
      en: 'Calls to numbers of Volna use no minutes.',
    },
    category: 'calls',
    connectionKopecks: roubles(30),
    feeKopecks: roubles(2),
    charge: 'daily',
  }),
]

const MESSAGES: readonly OptionTerms[] = [
  anOption({
    code: 'sms-100',
    title: { ru: '100 SMS', en: '100 SMS' },
    summary: {
      ru: 'По России, каждый месяц. Если есть «500 SMS», эта опция лишняя.',
      en: 'Within Russia, every month. Not needed beside 500 SMS.',
    },
    category: 'messages',
    feeKopecks: roubles(60),
    charge: 'monthly',
    packages: [messages(100)],
    excludes: ['sms-500'],
  }),
  anOption({
    code: 'sms-500',
    title: { ru: '500 SMS', en: '500 SMS' },
    summary: {
      ru: 'По России, каждый месяц. Неистраченные сгорают.',
      en: 'Within Russia, every month. What is not used is gone.',
    },
    category: 'messages',
    feeKopecks: roubles(150),
    charge: 'monthly',
    packages: [messages(500)],
    excludes: ['sms-100'],
  }),
]

const ROAMING: readonly OptionTerms[] = [
  anOption({
    code: 'near-trip',
    title: { ru: 'Ближняя поездка', en: 'A trip nearby' },
    summary: {
      ru: '7 ГБ и 60 минут на 30 дней в девяти соседних странах. Минуты — на местные и российские номера.',
      en: '7 GB and 60 minutes for 30 days in nine neighbouring countries. Minutes to local and Russian numbers.',
    },
    category: 'roaming',
    feeKopecks: roubles(390),
    charge: 'once',
    packages: [gigabytes(7), minutes(60)],
    days: 30,
    countries: NEAR_COUNTRIES,
  }),
  anOption({
    code: 'warm-trip',
    title: { ru: 'Тёплые страны', en: 'Warm countries' },
    summary: {
      ru: '5 ГБ и 30 минут на 15 дней. Когда гигабайты закончатся, интернет остановится — счёт не вырастет.',
      en: '5 GB and 30 minutes for 15 days. When the gigabytes end, the internet stops: the bill does not grow.',
    },
    category: 'roaming',
    feeKopecks: roubles(690),
    charge: 'once',
    packages: [gigabytes(5), minutes(30)],
    days: 15,
    countries: WARM_COUNTRIES,
  }),
  anOption({
    code: 'warm-trip-more',
    title: { ru: 'Тёплые страны: ещё 3 ГБ', en: 'Warm countries: 3 GB more' },
    summary: {
      ru: 'Добавка к «Тёплым странам», тоже на 15 дней.',
      en: 'On top of Warm countries, for 15 days too.',
    },
    category: 'roaming',
    feeKopecks: roubles(350),
    charge: 'once',
    packages: [gigabytes(3)],
    days: 15,
    requires: ['warm-trip'],
    countries: WARM_COUNTRIES,
  }),
  anOption({
    code: 'europe-trip',
    title: { ru: 'Европа', en: 'Europe' },
    summary: {
      ru: '3 ГБ и 30 минут на 14 дней в двенадцати странах Европы.',
      en: '3 GB and 30 minutes for 14 days in twelve countries of Europe.',
    },
    category: 'roaming',
    feeKopecks: roubles(990),
    charge: 'once',
    packages: [gigabytes(3), minutes(30)],
    days: 14,
    countries: EUROPEAN_COUNTRIES,
  }),
]

const SECURITY_AND_COMFORT: readonly OptionTerms[] = [
  anOption({
    code: 'antispam',
    title: { ru: 'Антиспам', en: 'Antispam' },
    summary: {
      ru: 'Подписывает на экране, кто звонит: банк, доставка или похоже на мошенников. Бесплатно.',
      en: 'Tells on the screen who calls: a bank, a courier, or likely fraud. Free of charge.',
    },
    category: 'security',
    feeKopecks: 0,
    charge: 'monthly',
  }),
  anOption({
    code: 'antispam-assistant',
    title: { ru: 'Антиспам: отвечает помощник', en: 'Antispam: the assistant answers' },
    summary: {
      ru: 'На подозрительный звонок ответит помощник и пришлёт текст разговора. Ошибается редко, но ошибается: нужные номера добавьте в исключения.',
      en: 'The assistant answers a suspicious call and sends you its text. It is seldom wrong, but it can be: add the numbers that you need.',
    },
    category: 'security',
    feeKopecks: roubles(3),
    charge: 'daily',
    requires: ['antispam'],
  }),
  anOption({
    code: 'hidden-number',
    title: { ru: 'Скрытый номер', en: 'Hidden number' },
    summary: {
      ru: 'Ваш номер не определится. Экстренные службы его всё равно видят, а кто-то может не взять трубку.',
      en: 'Your number is not shown. Emergency services see it all the same, and some will not pick up.',
    },
    category: 'comfort',
    connectionKopecks: roubles(40),
    feeKopecks: roubles(4),
    charge: 'daily',
  }),
  anOption({
    code: 'voicemail',
    title: { ru: 'Голосовая почта', en: 'Voicemail' },
    summary: {
      ru: 'Если не ответили, звонящий оставит сообщение. Храним 7 дней.',
      en: 'Whoever does not reach you leaves a message. Kept for 7 days.',
    },
    category: 'comfort',
    feeKopecks: roubles(1.5),
    charge: 'daily',
    excludes: ['who-called'],
  }),
  anOption({
    code: 'who-called',
    title: { ru: 'Кто звонил', en: 'Who called' },
    summary: {
      ru: 'Пришлём SMS о пропущенных, пока телефон был выключен. Вместе с голосовой почтой не работает.',
      en: 'An SMS about calls missed while the phone was off. Does not go with voicemail.',
    },
    category: 'comfort',
    feeKopecks: 0,
    charge: 'monthly',
    excludes: ['voicemail'],
  }),
  anOption({
    code: 'ringback-tone',
    title: { ru: 'Мелодия вместо гудка', en: 'A tune for callers' },
    summary: {
      ru: 'Больше не подключаем. У кого есть — играет как прежде.',
      en: 'Not offered any more. Whoever has it keeps it.',
    },
    archived: true,
    category: 'comfort',
    feeKopecks: roubles(70),
    charge: 'monthly',
  }),
]

export const OPTIONS: readonly OptionTerms[] = [
  ...INTERNET,
  ...CALLS,
  ...MESSAGES,
  ...ROAMING,
  ...SECURITY_AND_COMFORT,
]
