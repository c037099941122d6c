export interface FirstTopic {
  readonly key: string
  readonly ru: string
  readonly en: string
}

/** What people turn to an operator about, as a start: designers change it from then on. */
export const FIRST_TOPICS: readonly (FirstTopic & { readonly below: readonly FirstTopic[] })[] = [
  {
    key: 'tariffs',
    ru: 'Тарифы',
    en: 'Tariffs',
    below: [
      { key: 'tariff-choose', ru: 'Выбор и сравнение тарифа', en: 'Choosing a tariff' },
      { key: 'tariff-change', ru: 'Смена тарифа', en: 'Changing tariff' },
      { key: 'tariff-conditions', ru: 'Условия и остатки пакетов', en: 'Conditions and what is left' },
      { key: 'tariff-roaming', ru: 'Поездки и роуминг', en: 'Travel and roaming' },
    ],
  },
  {
    key: 'services',
    ru: 'Услуги и подписки',
    en: 'Services and subscriptions',
    below: [
      { key: 'service-on', ru: 'Подключить услугу', en: 'Switch a service on' },
      { key: 'service-off', ru: 'Отключить услугу', en: 'Switch a service off' },
      { key: 'content-subscriptions', ru: 'Платные подписки', en: 'Paid subscriptions' },
      { key: 'spam-protection', ru: 'Спам и мошенники', en: 'Spam and fraud' },
    ],
  },
  {
    key: 'discounts',
    ru: 'Скидки и акции',
    en: 'Discounts and offers',
    below: [
      { key: 'discount-conditions', ru: 'Условия скидки', en: 'Conditions of a discount' },
      { key: 'discount-missing', ru: 'Скидка не пришла', en: 'A discount is missing' },
      { key: 'loyalty', ru: 'Бонусы и подарки', en: 'Bonuses and gifts' },
    ],
  },
  {
    key: 'options',
    ru: 'Опции и Маркет',
    en: 'Options and the Market',
    below: [
      {
        key: 'option-extra',
        ru: 'Дополнительные минуты, гигабайты, SMS',
        en: 'Extra minutes, gigabytes, SMS',
      },
      { key: 'market', ru: 'Купить или продать на Маркете', en: 'Buying and selling on the Market' },
      { key: 'share-gigabytes', ru: 'Поделиться гигабайтами', en: 'Sharing gigabytes' },
    ],
  },
  {
    key: 'money',
    ru: 'Деньги и платежи',
    en: 'Money and payments',
    below: [
      { key: 'balance', ru: 'Баланс и списания', en: 'Balance and charges' },
      { key: 'top-up', ru: 'Пополнение счёта', en: 'Topping up' },
      { key: 'promised-payment', ru: 'Обещанный платёж', en: 'Promised payment' },
      { key: 'refund', ru: 'Возврат и перевод денег', en: 'Refunds and transfers' },
      { key: 'money-services', ru: 'Финансовые сервисы', en: 'Money services' },
    ],
  },
  {
    key: 'device',
    ru: 'Телефон и настройки',
    en: 'Device settings',
    below: [
      { key: 'device-settings', ru: 'Настройка телефона', en: 'Setting up a phone' },
      { key: 'device-calls', ru: 'Звонки и SMS не работают', en: 'Calls or SMS do not work' },
      {
        key: 'call-forwarding',
        ru: 'Переадресация и ожидание вызова',
        en: 'Forwarding and call waiting',
      },
    ],
  },
  {
    key: 'internet',
    ru: 'Интернет',
    en: 'Internet',
    below: [
      { key: 'internet-settings', ru: 'Настройка интернета', en: 'Internet settings' },
      { key: 'internet-slow', ru: 'Медленный интернет', en: 'Slow internet' },
      { key: 'coverage', ru: 'Покрытие и качество связи', en: 'Coverage and quality' },
    ],
  },
  {
    key: 'sim',
    ru: 'SIM-карта и номер',
    en: 'SIM card and number',
    below: [
      { key: 'sim-registration', ru: 'Регистрация SIM-карты', en: 'Registering a SIM card' },
      {
        key: 'sim-delivery',
        ru: 'Доставка SIM-карты и устройств',
        en: 'Delivery of SIM cards and devices',
      },
      { key: 'sim-lost', ru: 'Потеря, блокировка, замена', en: 'Lost, blocked, replaced' },
      { key: 'number-porting', ru: 'Переход со своим номером', en: 'Keeping the number' },
    ],
  },
  {
    key: 'beyond',
    ru: 'За рамками связи',
    en: 'Beyond the frame',
    below: [
      { key: 'lost-documents', ru: 'Потерянные документы', en: 'Lost documents' },
      { key: 'ambulance', ru: 'Скорая и экстренная помощь', en: 'Ambulance and emergencies' },
      { key: 'groceries', ru: 'Продукты и лекарства', en: 'Groceries and medicine' },
      { key: 'recipe', ru: 'Рецепты и бытовые вопросы', en: 'Recipes and everyday questions' },
      { key: 'a-talk', ru: 'Просто поговорить', en: 'Just a talk' },
    ],
  },
]
