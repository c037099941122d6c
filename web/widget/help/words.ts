/** What help says, in the two languages: they come with it, not with the chat. */
export interface HelpWords {
  readonly search: string
  readonly others: string
  readonly loading: string
  readonly failed: string
  readonly offline: string
  readonly retry: string
  readonly missing: string
  readonly nothing: string
  readonly nothingHint: string
  readonly corrected: string
  readonly results: string
  readonly notIt: string
  readonly onlyIn: Readonly<Record<string, string>>
  readonly helped: string
  readonly yes: string
  readonly no: string
  readonly glad: string
  readonly sorry: string
  readonly ask: string
}

export const helpWords: Readonly<Record<'ru' | 'en', HelpWords>> = {
  ru: {
    search: 'Что случилось?',
    others: 'Другое',
    loading: 'Загружаем…',
    failed: 'Не загрузилось. Проверьте связь.',
    offline: 'Нет связи. Покажем, как только она появится.',
    retry: 'Повторить',
    missing: 'Этой статьи больше нет. Поищите похожую.',
    nothing: 'Такого ответа пока нет',
    nothingHint: 'Спросите в чате — ответит человек.',
    corrected: 'Показали ответы на «{q}».',
    results: 'Найденные статьи',
    notIt: 'Не то?',
    onlyIn: { ru: 'Эта статья пока только на русском.', en: 'Эта статья пока только на английском.' },
    helped: 'Помогло?',
    yes: 'Да',
    no: 'Нет',
    glad: 'Хорошо, что помогло.',
    sorry: 'Тогда разберёмся вместе: напишите, что не вышло.',
    ask: 'Спросить в чате',
  },
  en: {
    search: 'What happened?',
    others: 'Other',
    loading: 'Loading…',
    failed: 'It did not load. Check your connection.',
    offline: 'No connection. It will be shown as soon as it is back.',
    retry: 'Try again',
    missing: 'This article is gone. Look for a similar one.',
    nothing: 'There is no such answer yet',
    nothingHint: 'Ask in the chat — a person will answer.',
    corrected: 'Showing answers to “{q}”.',
    results: 'Articles found',
    notIt: 'Not what you meant?',
    onlyIn: { ru: 'This article is in Russian only so far.', en: 'This article is in English only so far.' },
    helped: 'Did it help?',
    yes: 'Yes',
    no: 'No',
    glad: 'Good that it helped.',
    sorry: 'Then let us look together: write what did not work.',
    ask: 'Ask in the chat',
  },
}
