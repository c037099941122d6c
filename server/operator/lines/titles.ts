/** What stands on the bill for movements that are no offering's. */
export const TITLES = {
  promised: { ru: 'Обещанный платёж', en: 'Promised payment' },
  promisedRepaid: { ru: 'Возврат обещанного платежа', en: 'Promised payment repaid' },
  promisedFee: { ru: 'Плата за обещанный платёж', en: 'Fee for a promised payment' },
  tariffChange: { ru: 'Смена тарифа', en: 'Tariff change' },
  transferOut: { ru: 'Перевод на другой номер', en: 'Transfer to another number' },
  transferIn: { ru: 'Перевод с другого номера', en: 'Transfer from another number' },
  transferFee: { ru: 'Комиссия за перевод', en: 'Transfer fee' },
  data: { ru: 'Интернет', en: 'Data' },
  voice: { ru: 'Звонки', en: 'Calls' },
  sms: { ru: 'Сообщения', en: 'Messages' },
  roamingData: { ru: 'Интернет в поездке', en: 'Data abroad' },
  roamingVoice: { ru: 'Звонки в поездке', en: 'Calls abroad' },
  roamingSms: { ru: 'Сообщения в поездке', en: 'Messages abroad' },
  opening: { ru: 'Первый платёж', en: 'First payment' },
} as const
