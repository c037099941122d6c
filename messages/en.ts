export const en = {
  'sms-code': 'Code {code}. Tell it to the agent only if you asked for it. Valid for 5 minutes.',
  'my-code':
    '{code} is your code for the app. Tell it to nobody, not even to us. Valid for 5 minutes.\n\n@{host} #{code}',
  'my-code-subject': '{code} is your sign-in code',
  'my-code-mail':
    'Your code for the app: {code}\n\nIt is valid for 5 minutes. Tell it to nobody, not even to us.\n\nIf you were not signing in, do nothing: without the code nobody can.\n{site}',
  'my-refund':
    'I ask for the money of the subscription “{title}” back; the partner is {partner}.\nNumber: {number}\nConnected: {since}\nPrice: {fee} {every}\nCharged in 30 days: {spent}\nConsent: {consent}',
  'my-refund-consent': '{at}, {through}: “{words}”',
  'my-deal-bought':
    'Something was wrong with my purchase on the Market: No. {number}, {volume} for {price}, {at}',
  'my-deal-sold': 'Something was wrong with my sale on the Market: No. {number}, {volume} for {price}, {at}',
  'market-data': '{units} GB',
  'market-voice': '{units} min',
  'market-sms': '{units} SMS',
  'my-refund-no-consent': 'no record',
  'through-my': 'in the app',
  'through-desk': 'at the desk',
  'through-chat': 'in a chat',
  'through-voice': 'by phone',
  'through-api': 'at the partner’s',
  'through-rule': 'by a rule',
  'charge-once': 'once',
  'charge-daily': 'a day',
  'charge-weekly': 'a week',
  'charge-monthly': 'a month',
  'notice-fee-near':
    'The monthly fee of {kopecks} is due on {day}. You have {balanceKopecks}: {missingKopecks} more is needed. Top up: {site}/my/finance/top-up',
  'notice-fee-not-covered':
    'The monthly fee is not covered: {kopecks} needed, {balanceKopecks} on the balance. Outgoing calls and the internet stop until you top up. {site}/my/',
  'notice-line-active-again': 'The fee is paid, your number works in full again.',
  'notice-option-paused': 'The service needs {kopecks} more: it is paused until you top up. {site}/my/',
  'notice-content-paused':
    'The paid subscription needs {kopecks} more: it is paused. To stop it for good: {site}/my/',
  'notice-option-ended': 'The service is over and was switched off. {site}/my/',
  'notice-tariff-changed': 'Your new tariff is on. {site}/my/',
  'notice-promised-overdue': 'The promised payment is overdue: {kopecks} left. {site}/my/',
  'notice-promised-repaid': 'The promised payment is repaid.',
  'notice-line-blocked': 'Your number is blocked. If it was not you, call us. {site}/my/',
  'notice-line-unblocked': 'Your number is unblocked.',
  'notice-access-offered':
    'Somebody wants to show you the balance of the number ending in {ending}. Agree or decline: {site}/my/settings',
  'lost-blocked-subject': 'Your number is blocked',
  'lost-blocked':
    'Your number is blocked: we were told that its SIM card is lost. Outgoing calls, SMS and data do not work on it.\n\nIf it was not you, lift the block in the app, with one tap: {site}/my/',
  greeted: 'Greeted when they opened the chat:\n{text}',
  'greeted-unknown':
    'Greeted when they opened the chat, and do not know whether it arrived. The channel said: {reason}\n{text}',
  'greeted-failed':
    'We wanted to greet when they opened the chat, but the channel did not take the message. The channel said: {reason}\n{text}',
  'lost-blocked-failed':
    'We wanted to say here that the number is blocked as lost, but the channel did not take the message. The person has not heard of it here. The channel said: {reason}',
  'lost-blocked-unknown':
    'We sent here that the number is blocked as lost, and do not know whether it arrived. The channel said: {reason}',
  'lost-unblocked-failed':
    'We wanted to say here that the block of the lost number is lifted, but the channel did not take the message. The person has not heard of it here. The channel said: {reason}',
  'lost-unblocked-unknown':
    'We sent here that the block of the lost number is lifted, and do not know whether it arrived. The channel said: {reason}',
  'lost-unblocked-subject': 'The block of your number is lifted',
  'lost-unblocked':
    'The block of your number is lifted, it works again.\n\nIf it was not you, block it again at once: {site}/my/',
  'notice-content-banned': 'Paid subscriptions are banned on your number. Only its owner can lift the ban.',
  'notice-data-nearly-spent': '{left} of {total} of data left. {site}/my/',
  'notice-data-spent': 'Your data package is used up. What comes next is in the app: {site}/my/',
  'notice-voice-nearly-spent': '{left} of {total} of calls left. {site}/my/',
  'notice-voice-spent': 'Your minutes are used up. What comes next is in the app: {site}/my/',
  'notice-sms-nearly-spent': '{left} of {total} left. {site}/my/',
  'notice-sms-spent': 'Your SMS package is used up. What comes next is in the app: {site}/my/',
  'notice-usage-money-ended': 'No money is left for what is beyond your packages. Top up: {site}/my/',
  'notice-usage-limit-reached':
    'Your spending limit is reached. We charge no more; change it in the settings: {site}/my/',
  'notice-auto-topped-up': 'Automatic top-up: {kopecks} has come to your account.',
  'notice-auto-top-up-failed':
    'The automatic top-up of {kopecks} did not go through: the bank refused it. Top up yourself: {site}/my/finance',
  'notice-auto-top-up-limit':
    'Your balance is below your threshold, but a top-up of {kopecks} would pass the limit. Top up: {site}/my/finance',
  'notice-auto-top-up-off':
    'Automatic top-up is off: there is nothing to pay it from. Switch it on again: {site}/my/finance',
  'notice-settings-internet':
    'Internet settings. Access point (APN): {internet}. Leave user name and password empty. Authentication: none.',
  'notice-settings-mms': 'MMS settings. Access point (APN): {mms}. Leave user name and password empty.',
  'export-charges': 'Movements of money',
  'export-usage': 'Usage details',
  'export-at': 'Date and time',
  'export-category': 'Category',
  'export-title': 'What for',
  'export-roubles': 'Amount, ₽',
  'export-kind': 'Kind',
  'export-direction': 'Direction',
  'export-other': 'Number',
  'export-amount': 'Quantity',
  'export-unit': 'Unit',
  'export-country': 'Country',
  'export-data': 'Data',
  'export-voice': 'Call',
  'export-sms': 'SMS',
  'export-out': 'outgoing',
  'export-in': 'incoming',
  'export-unit-data': 'MB',
  'export-unit-voice': 's',
  'export-unit-sms': 'pcs',
  'export-unsettled': 'being counted',
  'export-nothing': 'There was nothing in this time.',
  'export-category-tariff': 'Tariff',
  'export-category-option': 'Services',
  'export-category-content': 'Subscriptions',
  'export-category-usage': 'Beyond packages',
  'export-category-roaming': 'Abroad',
  'export-category-transfer': 'Transfers',
  'export-category-fee': 'Fees',
  'export-category-market': 'Market',
  'export-category-top-up': 'Top-ups',
  'export-category-credit': 'Credits',
  invitation:
    'Hello! By law we may not serve subscribers in this messenger. Write to us wherever you like better:\n{places}',
  'invitation-my': '• our app: {place}',
  'invitation-web-chat': '• the chat on our site: {place}',
  'invitation-max': '• MAX: {place}',
  'invitation-email': '• e-mail: {place}',
} as const
