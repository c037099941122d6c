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
  'my-refund-no-consent': 'no record',
  'charge-once': 'once',
  'charge-daily': 'a day',
  'charge-weekly': 'a week',
  'charge-monthly': 'a month',
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
  'notice-content-banned': 'Paid subscriptions are banned on your number. Only its owner can lift the ban.',
  'notice-settings-internet':
    'Internet settings. Access point (APN): {internet}. Leave user name and password empty. Authentication: none.',
  'notice-settings-mms': 'MMS settings. Access point (APN): {mms}. Leave user name and password empty.',
  invitation:
    'Hello! By law we may not serve subscribers in this messenger. Write to us in the chat on our site: {site} — we answer there at once.',
} as const
