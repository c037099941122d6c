import { cards, type Payment } from './wire.ts'

const words = {
  ru: {
    title: 'Оплата',
    shop: 'Магазин',
    from: 'Чем платите',
    pay: 'Оплатить',
    refuse: 'Отказаться',
    note: 'Это не настоящий магазин и не настоящий банк: карта здесь только называется, её номер никто не спрашивает.',
    saves: 'Карту сохранят для автоплатежей этого магазина.',
    over: 'Этот платёж уже завершён.',
    back: 'Вернуться в магазин',
  },
  en: {
    title: 'Payment',
    shop: 'Shop',
    from: 'Pay with',
    pay: 'Pay',
    refuse: 'Decline',
    note: 'Neither the shop nor the bank is real: a card is only named here, nobody asks for its number.',
    saves: 'The card will be kept for automatic payments of this shop.',
    over: 'This payment is over.',
    back: 'Back to the shop',
  },
} as const
export type Language = keyof typeof words

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const text = (raw: string): string => raw.replace(/[&<>"]/g, (one) => entities[one] ?? one)

const style = `
  :root { color-scheme: light dark; font: 17px/1.45 system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f3f1ee, #171614) }
  main { box-sizing: border-box; width: min(100%, 26rem); padding: 1.75rem 1.5rem; background: light-dark(#fff, #22201d) }
  @media (width >= 30rem) { main { border-radius: 1.25rem } }
  h1 { margin: 0; font-size: 1rem; font-weight: 500 }
  .sum { margin: .25rem 0 1.5rem; font-size: 2.25rem; font-weight: 650; font-variant-numeric: tabular-nums }
  fieldset { border: 0; margin: 0 0 1.25rem; padding: 0 } legend { padding: 0; margin-bottom: .25rem }
  label { display: flex; gap: .75rem; align-items: center; min-height: 2.9rem; border-bottom: 1px solid light-dark(#e6e2dc, #3a3631) }
  input { width: 1.2rem; height: 1.2rem; accent-color: #3d5afe }
  button, a.button { box-sizing: border-box; display: block; width: 100%; min-height: 3.1rem; margin-top: .6rem; border: 0; border-radius: .9rem;
    font: inherit; font-weight: 600; text-align: center; line-height: 3.1rem; text-decoration: none; cursor: pointer;
    background: light-dark(#eceae6, #35322d); color: inherit }
  button.main { background: #3d5afe; color: #fff }
  small { display: block; margin-top: 1.25rem; color: light-dark(#5f5a52, #b3aca1) }`

/** The page on which a person pays or refuses. */
export function checkoutPage(payment: Payment, saves: boolean, language: Language): string {
  const w = words[language]
  const sum = new Intl.NumberFormat(language, { style: 'currency', currency: 'RUB' }).format(
    Number(payment.amount.value),
  )
  const back = payment.confirmation?.return_url ?? '/'
  const options = Object.entries(cards).map(
    ([name, card], place) =>
      `<label><input type="radio" name="card" value="${name}"${place === 0 ? ' checked' : ''}> ${text(card[language])}</label>`,
  )
  const body =
    payment.status === 'pending'
      ? `<form method="post"><fieldset><legend>${w.from}</legend>${options.join('')}</fieldset>
         <button class="main" name="decision" value="pay">${w.pay}</button>
         <button name="decision" value="refuse">${w.refuse}</button></form>
         <small>${saves ? `${w.saves} ` : ''}${w.note}</small>`
      : `<p>${w.over}</p><a class="button" href="${text(back)}">${w.back}</a>`
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${w.title}</title><style>${style}</style>
    <main><h1>${text(payment.description ?? w.shop)}</h1><p class="sum">${sum}</p>${body}</main></html>`
}
