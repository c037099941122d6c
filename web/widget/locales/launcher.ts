/** The few words that the loader needs before any locale is loaded. */
export const launcherTexts = {
  ru: { open: 'Открыть чат', failed: 'Чат не загрузился. Нажмите ещё раз.' },
  en: { open: 'Open chat', failed: 'The chat did not load. Please try again.' },
} as const
