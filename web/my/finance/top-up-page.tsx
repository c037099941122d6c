import { formatPhone } from '../../shared/format/index.ts'
import { useLineChoice } from '../app/line-choice.ts'
import type { PageProps } from '../app/page-props.ts'
import { useHome } from '../data/lines.ts'
import { useTopUpTerms } from '../data/payments.ts'
import { BackLink } from '../parts/back-link.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { useFinanceWords } from './finance-words.ts'
import { TopUpForm } from './top-up-form.tsx'

interface Props extends PageProps {
  /** What was begun before and came to nothing. */
  readonly againKopecks?: number
}

/** How much, to which number, and whether it is to go on by itself; then the person is sent to whoever takes the money. */
export function TopUpPage({ line, session, rest, againKopecks }: Props) {
  const { w } = useFinanceWords()
  const { choose } = useLineChoice(session.lines)
  const home = useHome(line.id)
  const terms = useTopUpTerms(line.id)
  return (
    <>
      <BackLink to="finance">{w.finance.title}</BackLink>
      <h1>{rest === 'automatic' ? w.topUp.automatic : w.topUp.title}</h1>
      {session.lines.length > 1 && (
        <label class={parts.field}>
          <span>{w.topUp.number}</span>
          <select class={parts.input} value={line.id} onChange={(event) => choose(event.currentTarget.value)}>
            {session.lines.map((one) => (
              <option key={one.id} value={one.id}>
                {formatPhone(`+${one.msisdn}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Shown reading={terms} rows={2}>
        {(known) =>
          known.available ? (
            <Shown reading={home} rows={1}>
              {(value) => (
                <TopUpForm
                  key={line.id}
                  line={value}
                  terms={known}
                  operator={session.operator.name}
                  isAutomatic={rest === 'automatic'}
                  againKopecks={againKopecks}
                />
              )}
            </Shown>
          ) : (
            <p class={parts.notice}>{w.topUp.unavailable}</p>
          )
        }
      </Shown>
    </>
  )
}
