export const en = {
  'sms-code': 'Code {code}. Tell it to the agent only if you asked for it. Valid for 5 minutes.',
  invitation:
    'Hello! By law we may not serve subscribers in this messenger. Write to us in the chat on our site: {site} — we answer there at once.',
} as const
