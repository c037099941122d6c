import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import type { Mood, MyLot } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { formatMoney } from '../../shared/format/index.ts'
import { lineChanged } from '../data/lines.ts'
import { changeLot, raiseLot, type Selling, useSelling, withdrawLot } from '../data/market.ts'
import { AmountField, kopecksOf } from '../finance/amount-field.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { Shown } from '../parts/states.tsx'
import { say } from '../parts/toast.tsx'
import { Advice } from './advice.tsx'
import styles from './market.module.css'
import { marketProblem, sizeOf, unitPrice, useMarketWords } from './market-words.ts'
import { MoodChoice } from './mood-choice.tsx'
import { feeOf, roubles, termsFit } from './terms.ts'

interface Props {
  readonly lot: MyLot
  readonly onClose: () => void
}

/** A lot of one's own: another price, a raise, or back into the package. */
export function LotSheet({ lot, onClose }: Props) {
  const { m, locale } = useMarketWords()
  // Kept above the form, which begins anew with what the lot has become.
  const saving = useAct()
  return (
    <Sheet title={`${m.lots.edit}: ${sizeOf(lot.type, lot.units, locale)}`} onClose={onClose}>
      <Shown reading={useSelling(lot.lineId)} rows={2}>
        {(selling) => (
          <>
            {lot.frozen && <p class={parts.wrong}>{m.lots.frozen}</p>}
            <Terms key={lot.version} lot={lot} selling={selling} saving={saving} onClose={onClose} />
            {/* Nobody would see what was paid for. */}
            {!lot.raised && !lot.frozen && (
              <Raise lot={lot} kopecks={selling.raiseKopecks} hours={selling.raiseHours} />
            )}
            <Withdraw lot={lot} onClose={onClose} />
          </>
        )}
      </Shown>
    </Sheet>
  )
}

interface TermsProps extends Props {
  readonly selling: Selling
  readonly saving: Acting
}

function Terms({ lot, selling, saving: { act, busy, problem }, onClose }: TermsProps) {
  const { m, locale } = useMarketWords()
  const { type, units } = lot
  const [price, setPrice] = useState(roubles(lot.priceKopecks))
  const [moods, setMoods] = useState<readonly Mood[]>(lot.moods)
  const sellable = selling.types.find((one) => one.type === type)
  const priceKopecks = kopecksOf(price)
  const fit = sellable && termsFit(sellable, units, priceKopecks)
  const fee = feeOf(priceKopecks, selling.feeBasisPoints)
  const money = (kopecks: number) => formatMoney(kopecks, locale)
  const isSame = priceKopecks === lot.priceKopecks && moods.join() === lot.moods.join()
  const save = () =>
    act(async () => {
      await changeLot(lot, { priceKopecks, moods, showName: lot.sellerName !== null })
      say({ text: m.lots.saved })
      onClose()
    }, lot.lineId)
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (fit?.price && !isSame && !busy) void save()
      }}
    >
      <div class={styles.field}>
        <AmountField label={m.sell.price} value={price} onInput={setPrice} />
        {fit && (
          <p class={fit.price ? styles.note : parts.wrong} aria-live="polite">
            {fit.price
              ? `${m.sell.perUnit(unitPrice({ units, priceKopecks }, locale), m.unitOf[type])} · ${m.lots.get(money(priceKopecks - fee))}`
              : m.sell.priceBounds(money(fit.minKopecks), money(fit.maxKopecks))}
          </p>
        )}
      </div>
      {/* Of a higher price the lot itself would be counted among those before it. */}
      {fit?.price && priceKopecks < lot.priceKopecks && (
        <Advice
          lineId={lot.lineId}
          type={type}
          units={units}
          priceKopecks={priceKopecks}
          onPrice={(kopecks) => setPrice(roubles(kopecks))}
        />
      )}
      <MoodChoice value={moods} onChoose={setMoods} />
      <Wrong problem={problem} lot={lot} />
      <Button type="submit" busy={busy} disabled={!fit?.price || isSame}>
        {m.lots.save}
      </Button>
    </form>
  )
}

function Raise({ lot, kopecks, hours }: { lot: MyLot; kopecks: number; hours: number }) {
  const { m, locale } = useMarketWords()
  // Sent again after a lost answer it is the same raise, paid once.
  const [id, setId] = useState(() => v7())
  const { act, busy, problem } = useAct()
  const raise = () =>
    act(async () => {
      try {
        await raiseLot(lot, id, kopecks)
        say({ text: m.lots.raised })
      } catch (error) {
        if (isProblem(error, 'market_refused')) setId(v7())
        throw error
      }
    }, lot.lineId)
  return (
    <div class={styles.way}>
      <p class={styles.note}>{m.lots.raiseWhat(hours)}</p>
      <Wrong problem={problem} lot={lot} />
      <Button look="soft" busy={busy} onClick={() => void raise()}>
        {m.lots.raise(formatMoney(kopecks, locale))}
      </Button>
    </div>
  )
}

function Withdraw({ lot, onClose }: Props) {
  const { m, locale } = useMarketWords()
  const [asks, setAsks] = useState(false)
  const { act, busy, problem } = useAct()
  const withdraw = () =>
    act(async () => {
      await withdrawLot(lot)
      say({ text: m.lots.withdrawn })
      onClose()
    }, lot.lineId)
  if (!asks)
    return (
      <Button look="plain" onClick={() => setAsks(true)}>
        {m.lots.withdraw}
      </Button>
    )
  return (
    <div class={styles.way}>
      <p role="status">{m.lots.withdrawSure(sizeOf(lot.type, lot.units, locale))}</p>
      <Wrong problem={problem} lot={lot} />
      <div class={styles.ways}>
        <Button busy={busy} onClick={() => void withdraw()}>
          {m.lots.withdrawYes}
        </Button>
        <Button look="soft" onClick={() => setAsks(false)}>
          {m.lots.keep}
        </Button>
      </div>
    </div>
  )
}

function Wrong({ problem, lot: { type } }: { problem: unknown; lot: MyLot }) {
  const { m, locale } = useMarketWords()
  if (problem === undefined) return null
  return (
    <p class={parts.wrong} role="alert">
      {isProblem(problem, 'conflict') ? m.lots.changed : marketProblem(problem, type, locale)}
    </p>
  )
}

interface Acting {
  readonly act: (work: () => Promise<void>, lineId: string) => Promise<void>
  readonly busy: boolean
  readonly problem: unknown
}

/** Something that is done once at a time; a refusal says that the lot stands otherwise, so it is read anew. */
function useAct(): Acting {
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<void>, lineId: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await work()
    } catch (error) {
      setProblem(error)
      if (isProblem(error, 'conflict', 'market_refused')) lineChanged(lineId)
    } finally {
      setBusy(false)
    }
  }
  return { act, busy, problem }
}
