export const ru = {
  'sms-code': 'Код {code}. Назовите его оператору, если сами об этом просили. Действует 5 минут.',
  'my-code':
    '{code} — код входа в приложение. Никому его не называйте, даже нашим сотрудникам. Действует 5 минут.\n\n@{host} #{code}',
  'my-code-subject': '{code} — код входа',
  'my-code-mail':
    'Код входа в приложение: {code}\n\nОн действует 5 минут. Никому его не называйте, даже нашим сотрудникам.\n\nЕсли вы не входили, ничего делать не нужно: без кода войти нельзя.\n{site}',
  'my-refund':
    'Прошу вернуть деньги за подписку «{title}», партнёр — {partner}.\nНомер: {number}\nПодключена: {since}\nПлата: {fee} {every}\nСписано за 30 дней: {spent}\nСогласие: {consent}',
  'my-refund-consent': '{at}, {through}: «{words}»',
  'my-deal-bought': 'Что-то не так с моей покупкой на Маркете: № {number}, {volume} за {price}, {at}',
  'my-deal-sold': 'Что-то не так с моей продажей на Маркете: № {number}, {volume} за {price}, {at}',
  'market-data': '{units} ГБ',
  'market-voice': '{units} мин',
  'market-sms': '{units} SMS',
  'my-refund-no-consent': 'записи нет',
  'through-my': 'в приложении',
  'through-desk': 'у оператора',
  'through-chat': 'в чате',
  'through-voice': 'по телефону',
  'through-api': 'на стороне партнёра',
  'through-rule': 'по правилу',
  'charge-once': 'один раз',
  'charge-daily': 'в день',
  'charge-weekly': 'в неделю',
  'charge-monthly': 'в месяц',
  'notice-fee-near':
    '{day} спишется абонентская плата {kopecks}. На счёте {balanceKopecks}, не хватает {missingKopecks}. Пополнить: {site}/my/finance/top-up',
  'notice-fee-not-covered':
    'Не хватает денег на абонентскую плату: нужно {kopecks}, на счёте {balanceKopecks}. Исходящие и интернет остановлены до пополнения. {site}/my/',
  'notice-line-active-again': 'Плата внесена, номер снова работает полностью.',
  'notice-option-paused': 'На услугу не хватило {kopecks}: она остановлена до пополнения. {site}/my/',
  'notice-content-paused':
    'На платную подписку не хватило {kopecks}: она остановлена. Отключить её совсем можно здесь: {site}/my/',
  'notice-option-ended': 'Срок услуги закончился, она отключена. {site}/my/',
  'notice-tariff-changed': 'Новый тариф подключён. {site}/my/',
  'notice-promised-overdue': 'Обещанный платёж не погашен: осталось {kopecks}. {site}/my/',
  'notice-promised-repaid': 'Обещанный платёж погашен.',
  'notice-line-blocked': 'Номер заблокирован. Если это были не вы, позвоните нам. {site}/my/',
  'notice-line-unblocked': 'Номер разблокирован.',
  'notice-access-offered':
    'Вам предлагают видеть баланс номера, который кончается на {ending}. Согласиться или отказаться: {site}/my/settings',
  'lost-blocked-subject': 'Ваш номер заблокирован',
  'lost-blocked':
    'Ваш номер заблокирован: нам сообщили, что SIM-карта потеряна. Исходящие звонки, SMS и интернет на нём не работают.\n\nЕсли это были не вы, снимите блокировку в приложении, одним касанием: {site}/my/',
  greeted: 'Поприветствовали, когда человек открыл чат:\n{text}',
  'greeted-unknown':
    'Поприветствовали, когда человек открыл чат, и не знаем, дошло ли. Ответ канала: {reason}\n{text}',
  'greeted-failed':
    'Хотели поприветствовать, когда человек открыл чат, но канал не принял сообщение. Ответ канала: {reason}\n{text}',
  'lost-blocked-failed':
    'Хотели сказать здесь, что номер заблокирован как потерянный, но канал не принял сообщение. Отсюда человек об этом не узнал. Ответ канала: {reason}',
  'lost-blocked-unknown':
    'Отправили сюда, что номер заблокирован как потерянный, и не знаем, дошло ли. Ответ канала: {reason}',
  'lost-unblocked-failed':
    'Хотели сказать здесь, что блокировка потерянного номера снята, но канал не принял сообщение. Отсюда человек об этом не узнал. Ответ канала: {reason}',
  'lost-unblocked-unknown':
    'Отправили сюда, что блокировка потерянного номера снята, и не знаем, дошло ли. Ответ канала: {reason}',
  'lost-unblocked-subject': 'Блокировка номера снята',
  'lost-unblocked':
    'Блокировка вашего номера снята, связь снова работает.\n\nЕсли это были не вы, сразу заблокируйте номер ещё раз: {site}/my/',
  'notice-content-banned': 'Платные подписки на номере запрещены. Снять запрет может только владелец номера.',
  'notice-data-nearly-spent': 'Осталось {left} интернета из {total}. {site}/my/',
  'notice-data-spent': 'Пакет интернета закончился. Что дальше — в приложении: {site}/my/',
  'notice-voice-nearly-spent': 'Осталось {left} звонков из {total}. {site}/my/',
  'notice-voice-spent': 'Пакет минут закончился. Что дальше — в приложении: {site}/my/',
  'notice-sms-nearly-spent': 'Осталось {left} из {total}. {site}/my/',
  'notice-sms-spent': 'Пакет SMS закончился. Что дальше — в приложении: {site}/my/',
  'notice-usage-money-ended': 'На связь сверх пакетов денег больше нет. Пополните счёт: {site}/my/',
  'notice-usage-limit-reached':
    'Достигнут ваш лимит трат на связь. Больше не спишем, лимит меняется в настройках: {site}/my/',
  'notice-auto-topped-up': 'Автопополнение: на счёт пришло {kopecks}.',
  'notice-auto-top-up-failed':
    'Автопополнение на {kopecks} не прошло: банк не провёл платёж. Пополнить самостоятельно: {site}/my/finance',
  'notice-auto-top-up-limit':
    'Баланс ниже вашего порога, но автопополнение на {kopecks} превысило бы лимит. Пополнить: {site}/my/finance',
  'notice-auto-top-up-off':
    'Автопополнение не работает: сохранённого способа оплаты нет. Включить снова: {site}/my/finance',
  'notice-settings-internet':
    'Настройки интернета. Точка доступа (APN): {internet}. Имя пользователя и пароль оставьте пустыми. Аутентификация: нет.',
  'notice-settings-mms':
    'Настройки MMS. Точка доступа (APN): {mms}. Имя пользователя и пароль оставьте пустыми.',
  'export-charges': 'Движения денег',
  'export-usage': 'Детализация',
  'export-at': 'Дата и время',
  'export-category': 'Категория',
  'export-title': 'За что',
  'export-roubles': 'Сумма, ₽',
  'export-kind': 'Вид',
  'export-direction': 'Направление',
  'export-other': 'Номер',
  'export-amount': 'Количество',
  'export-unit': 'Единица',
  'export-country': 'Страна',
  'export-data': 'Интернет',
  'export-voice': 'Звонок',
  'export-sms': 'SMS',
  'export-out': 'исходящий',
  'export-in': 'входящий',
  'export-unit-data': 'МБ',
  'export-unit-voice': 'с',
  'export-unit-sms': 'шт.',
  'export-unsettled': 'считаем',
  'export-nothing': 'За это время ничего не было.',
  'export-category-tariff': 'Тариф',
  'export-category-option': 'Услуги',
  'export-category-content': 'Подписки',
  'export-category-usage': 'Связь сверх пакетов',
  'export-category-roaming': 'Поездки',
  'export-category-transfer': 'Переводы',
  'export-category-fee': 'Комиссии',
  'export-category-market': 'Маркет',
  'export-category-top-up': 'Пополнения',
  'export-category-credit': 'Начисления',
  invitation:
    'Здравствуйте! По закону мы не можем обслуживать абонентов в этом мессенджере. Напишите нам там, где вам удобнее:\n{places}',
  'invitation-my': '• приложение: {place}',
  'invitation-web-chat': '• чат на сайте: {place}',
  'invitation-max': '• MAX: {place}',
  'invitation-email': '• почта: {place}',
} as const
