const rules = new Intl.PluralRules('ru')
const files = (n: number) =>
  `${n} ${{ one: 'файл', few: 'файла', many: 'файлов', zero: 'файлов', two: 'файла', other: 'файла' }[rules.select(n)]}`

/** The words of the chat in Russian; the other language has the same ones. */
export const chatRu = {
  chat: {
    message: 'Сообщение',
    send: 'Отправить',
    empty: 'Здесь будет вся переписка с нами — из приложения, чатов, мессенджеров и почты.',
    earlier: 'Показать раньше',
    choices: 'Варианты ответа',
    assistant: 'Помощник',
    me: 'Вы',
    system: 'Система',
    deleted: 'Сообщение удалено',
    edited: 'изменено',
    waiting: 'Ждёт сети',
    later: 'Не ушло сразу, отправим сами чуть позже',
    failed: 'Не отправлено.',
    remove: 'Удалить',
    on: (channel: string) => `через ${channel}`,
    channels: {
      'web-chat': 'чат на сайте',
      max: 'MAX',
      telegram: 'Telegram',
      email: 'почту',
      sms: 'SMS',
      my: 'приложение',
    } as Record<string, string>,
    files: {
      attach: 'Прикрепить файлы',
      photograph: 'Сфотографировать',
      drop: 'Отпустите, чтобы прикрепить',
      limits: (most: number, size: string) => `До ${most} файлов, каждый до ${size}`,
      tooLarge: (names: string, size: string) => `Больше ${size}, не прикрепили: ${names}`,
      beyond: (count: number, most: number) =>
        `В одном сообщении до ${most} файлов. Не прикрепили ещё ${files(count)}: отправьте следующим сообщением.`,
      chosen: 'Файлы к сообщению',
      uploading: (name: string) => `Загружаем ${name}`,
      queued: 'В очереди',
      waiting: 'Ждёт сети, загрузим сами',
      later: 'Загрузим сами чуть позже',
      ready: 'Готов к отправке',
      remove: (name: string) => `Убрать ${name}`,
      again: (name: string) => `Загрузить ещё раз ${name}`,
      open: (name: string) => `Открыть фото ${name}`,
      download: 'Скачать',
      notShown: 'Не загрузилось. Показать ещё раз',
      coming: 'Файл ещё идёт к нам',
      lost: 'Файл не дошёл',
      erased: 'Файл удалён по правилам хранения',
    },
  },
}

export type ChatWords = typeof chatRu
