import type { ChannelKind } from '../../../contracts/channels.ts'

/** What somebody of the world does on their phone, in the world's own terms (`world/README.md`). */
export interface DemoLetter {
  readonly door: ChannelKind
  /** The world's name of the service, and of the person. */
  readonly service: 'max' | 'telegram' | 'sms' | 'mail'
  readonly person: string
  readonly acts: readonly object[]
}

const text = (words: string) => ({ act: 'text', text: words })

/** Whoever opens the desk for the first time finds somebody who waits, at each door. */
export const VOLNA_LETTERS: readonly DemoLetter[] = [
  {
    door: 'telegram',
    service: 'telegram',
    person: 'pyotr',
    acts: [{ act: 'start' }, text('Добрый день, тут можно узнать про роуминг в Турции?')],
  },
  {
    door: 'sms',
    service: 'sms',
    person: 'zinaida',
    acts: [text('Здравствуйте. Списали 90 рублей, за что?')],
  },
  {
    door: 'email',
    service: 'mail',
    person: 'timur',
    acts: [
      {
        act: 'mail',
        subject: 'Счёт за октябрь',
        text: 'Добрый день!\n\nПришлите, пожалуйста, счёт за октябрь на компанию. Реквизиты прежние.\n\nТимур Ахметов',
      },
    ],
  },
  {
    door: 'max',
    service: 'max',
    person: 'emily',
    acts: [{ act: 'start' }, text('Hi! My eSIM does not activate, the QR code is not accepted.')],
  },
]
