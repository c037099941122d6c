export const en = {
  'sms-code': 'Code {code}. Tell it to the agent only if you asked for it. Valid for 5 minutes.',
  'my-code':
    '{code} is your code for the app. Tell it to nobody, not even to us. Valid for 5 minutes.\n\n@{host} #{code}',
  'my-code-subject': '{code} is your sign-in code',
  'my-code-mail':
    'Your code for the app: {code}\n\nIt is valid for 5 minutes. Tell it to nobody, not even to us.\n\nIf you were not signing in, do nothing: without the code nobody can.\n{site}',
  invitation:
    'Hello! By law we may not serve subscribers in this messenger. Write to us in the chat on our site: {site} — we answer there at once.',
} as const
