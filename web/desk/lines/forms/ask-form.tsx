import type { ComponentType } from 'react'
import type { Ask, FormProps } from '../ask.ts'
import { BlockForm } from './block-form.tsx'
import { ForwardingForm } from './forwarding-form.tsx'
import { LimitForm } from './limit-form.tsx'
import { GoodwillForm, PromisedForm, RefundForm, RefundTopUpForm } from './money-forms.tsx'
import { OptionForm } from './option-form.tsx'
import { ReverseDealForm } from './reverse-deal-form.tsx'
import { TariffForm } from './tariff-form.tsx'

type Forms = {
  readonly [K in Exclude<Ask['kind'], 'ready'>]: ComponentType<FormProps<K>>
}

const FORMS: Forms = {
  'connect-option': OptionForm,
  'change-tariff': TariffForm,
  'promised-payment': PromisedForm,
  'goodwill-credit': GoodwillForm,
  'refund-content': RefundForm,
  'refund-top-up': RefundTopUpForm,
  'reverse-deal': ReverseDealForm,
  'block-line': BlockForm,
  'set-limit': LimitForm,
  'set-forwarding': ForwardingForm,
}

/** What is left to choose of an order; nothing where it is clear. */
export function AskForm(props: FormProps) {
  if (props.ask.kind === 'ready') return null
  // The table pairs each question with its own form.
  const Form = FORMS[props.ask.kind] as unknown as ComponentType<FormProps>
  return <Form {...props} />
}
