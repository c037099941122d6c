import {
  Charge,
  type ContentTerms,
  type DiscountTerms,
  OptionCategory,
  type OptionTerms,
  type TariffTerms,
  type ZoneTerms,
} from '../../../contracts/catalogue.ts'
import { useWords } from '../app/words.ts'
import styles from './catalogue.module.css'
import {
  ChoiceField,
  CodesField,
  CountField,
  CountriesField,
  DaysField,
  errorOf,
  type FormProps,
  LongField,
  MoneyField,
  NamesField,
  TextField,
  YesField,
} from './fields.tsx'
import { PackagesField, RatesField } from './traffic-fields.tsx'

/** The conditions of a tariff. */
export function TariffForm({ terms, set, faults }: FormProps<TariffTerms>) {
  const { t } = useWords()
  return (
    <>
      <div className={styles.pair}>
        <MoneyField
          label={t('catalogue.field.feeKopecks')}
          value={terms.feeKopecks}
          set={(feeKopecks) => set({ feeKopecks })}
          {...errorOf(faults, 'feeKopecks')}
        />
        <ChoiceField
          label={t('catalogue.field.period')}
          options={['month', '30-days']}
          wordOf={(period) => t(`catalogue.period.${period}`)}
          value={terms.period}
          set={(period) => set({ period })}
          {...errorOf(faults, 'period')}
        />
      </div>
      <PackagesField value={terms.packages} set={(packages) => set({ packages })} faults={faults} />
      <YesField
        label={t('catalogue.field.carriesOver')}
        description={t('catalogue.hint.carriesOver')}
        value={terms.carriesOver}
        set={(carriesOver) => set({ carriesOver })}
        {...errorOf(faults, 'carriesOver')}
      />
      <RatesField
        label={t('catalogue.field.rates')}
        hint={t('catalogue.hint.rates')}
        value={terms.rates}
        set={(rates) => set({ rates })}
        faults={faults}
      />
      <NamesField
        label={t('catalogue.field.regions')}
        description={t('catalogue.hint.regions')}
        value={terms.regions}
        set={(regions) => set({ regions })}
        {...errorOf(faults, 'regions')}
      />
    </>
  )
}

/** The conditions of an option, and what it goes with. */
export function OptionForm({ terms, set, faults, all }: FormProps<OptionTerms>) {
  const { t } = useWords()
  return (
    <>
      <div className={styles.pair}>
        <ChoiceField
          label={t('catalogue.field.category')}
          options={OptionCategory.options}
          wordOf={(category) => t(`catalogue.category.${category}`)}
          value={terms.category}
          set={(category) => set({ category })}
          {...errorOf(faults, 'category')}
        />
        <ChoiceField
          label={t('catalogue.field.charge')}
          options={Charge.options}
          wordOf={(charge) => t(`catalogue.charge.${charge}`)}
          value={terms.charge}
          set={(charge) => set({ charge })}
          {...errorOf(faults, 'charge')}
        />
        <MoneyField
          label={t('catalogue.field.feeKopecks')}
          value={terms.feeKopecks}
          set={(feeKopecks) => set({ feeKopecks })}
          {...errorOf(faults, 'feeKopecks')}
        />
        <MoneyField
          label={t('catalogue.field.connectionKopecks')}
          value={terms.connectionKopecks}
          set={(connectionKopecks) => set({ connectionKopecks })}
          {...errorOf(faults, 'connectionKopecks')}
        />
      </div>
      <PackagesField value={terms.packages} set={(packages) => set({ packages })} faults={faults} />
      <div className={styles.pair}>
        <DaysField
          label={t('catalogue.field.days')}
          description={t('catalogue.hint.optionDays')}
          max={366}
          value={terms.days}
          set={(days) => set({ days })}
          {...errorOf(faults, 'days')}
        />
      </div>
      {(terms.category === 'roaming' || terms.countries.length > 0) && (
        <CountriesField
          label={t('catalogue.field.countries')}
          value={terms.countries}
          set={(countries) => set({ countries })}
          {...errorOf(faults, 'countries')}
        />
      )}
      <CodesField
        label={t('catalogue.field.requires')}
        description={t('catalogue.hint.requires')}
        all={all}
        own={terms.code}
        value={terms.requires}
        set={(requires) => set({ requires })}
        {...errorOf(faults, 'requires')}
      />
      <CodesField
        label={t('catalogue.field.excludes')}
        description={t('catalogue.hint.excludes')}
        all={all}
        own={terms.code}
        value={terms.excludes}
        set={(excludes) => set({ excludes })}
        {...errorOf(faults, 'excludes')}
      />
    </>
  )
}

const CONTENT_CHARGES = ['daily', 'weekly', 'monthly'] as const

/** Whose content it is, and what it costs. */
export function ContentForm({ terms, set, faults }: FormProps<ContentTerms>) {
  const { t } = useWords()
  const { partner } = terms
  return (
    <>
      <div className={styles.pair}>
        <MoneyField
          label={t('catalogue.field.feeKopecks')}
          value={terms.feeKopecks}
          set={(feeKopecks) => set({ feeKopecks })}
          {...errorOf(faults, 'feeKopecks')}
        />
        <ChoiceField
          label={t('catalogue.field.charge')}
          options={CONTENT_CHARGES}
          wordOf={(charge) => t(`catalogue.charge.${charge}`)}
          value={terms.charge}
          set={(charge) => set({ charge })}
          {...errorOf(faults, 'charge')}
        />
      </div>
      <TextField
        label={t('catalogue.field.partnerName')}
        max={120}
        value={partner.name}
        set={(name) => set({ partner: { ...partner, name } })}
        {...errorOf(faults, 'partner.name')}
      />
      <div className={styles.pair}>
        <TextField
          label={t('catalogue.field.partnerSupport')}
          max={200}
          value={partner.support}
          set={(support) => set({ partner: { ...partner, support } })}
          {...errorOf(faults, 'partner.support')}
        />
        <TextField
          label={t('catalogue.field.partnerShortNumber')}
          max={20}
          value={partner.shortNumber}
          set={(shortNumber) => set({ partner: { ...partner, shortNumber } })}
          {...errorOf(faults, 'partner.shortNumber')}
        />
      </div>
    </>
  )
}

/** How much less, why, for what and how long. */
export function DiscountForm({ terms, set, faults, all }: FormProps<DiscountTerms>) {
  const { t } = useWords()
  const { why } = terms
  return (
    <>
      <div className={styles.pair}>
        <CountField
          label={t('catalogue.field.percent')}
          unit={t('catalogue.unit.percent')}
          min={1}
          max={100}
          value={terms.percent}
          set={(percent) => set({ percent })}
          {...errorOf(faults, 'percent')}
        />
        <DaysField
          label={t('catalogue.field.days')}
          description={t('catalogue.hint.discountDays')}
          max={3660}
          value={terms.days}
          set={(days) => set({ days })}
          {...errorOf(faults, 'days')}
        />
        <LongField
          label={t('catalogue.field.whyRu')}
          max={1000}
          value={why.ru}
          set={(ru) => set({ why: { ...why, ru } })}
          {...errorOf(faults, 'why.ru')}
        />
        <LongField
          label={t('catalogue.field.whyEn')}
          max={1000}
          value={why.en}
          set={(en) => set({ why: { ...why, en } })}
          {...errorOf(faults, 'why.en')}
        />
      </div>
      <CodesField
        label={t('catalogue.field.appliesTo')}
        all={all}
        own=""
        value={terms.appliesTo}
        set={(appliesTo) => set({ appliesTo })}
        {...errorOf(faults, 'appliesTo')}
      />
    </>
  )
}

/** Where, and what it costs there. */
export function ZoneForm({ terms, set, faults }: FormProps<ZoneTerms>) {
  const { t } = useWords()
  return (
    <>
      <CountriesField
        label={t('catalogue.field.countries')}
        description={t('catalogue.hint.zoneCountries')}
        value={terms.countries}
        set={(countries) => set({ countries })}
        {...errorOf(faults, 'countries')}
      />
      <RatesField
        label={t('catalogue.field.ratesAbroad')}
        hint={t('catalogue.hint.ratesAbroad')}
        value={terms.rates}
        set={(rates) => set({ rates })}
        faults={faults}
      />
    </>
  )
}
