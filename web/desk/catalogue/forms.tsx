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
  useFields,
  YesField,
} from './fields.tsx'
import { PackagesField, RatesField } from './traffic-fields.tsx'

/** The conditions of a tariff. */
export function TariffForm(props: FormProps<TariffTerms>) {
  const { t } = useWords()
  const { terms, set, faults } = props
  const field = useFields(props)
  return (
    <>
      <div className={styles.pair}>
        <MoneyField {...field('feeKopecks')} />
        <ChoiceField
          {...field('period')}
          options={['month', '30-days']}
          wordOf={(period) => t(`catalogue.period.${period}`)}
        />
      </div>
      <PackagesField value={terms.packages} set={(packages) => set({ packages })} faults={faults} />
      <YesField {...field('carriesOver')} description={t('catalogue.hint.carriesOver')} />
      <RatesField
        label={t('catalogue.field.rates')}
        hint={t('catalogue.hint.rates')}
        value={terms.rates}
        set={(rates) => set({ rates })}
        faults={faults}
      />
      <NamesField {...field('regions')} description={t('catalogue.hint.regions')} />
    </>
  )
}

/** The conditions of an option, and what it goes with. */
export function OptionForm(props: FormProps<OptionTerms>) {
  const { t } = useWords()
  const { terms, set, faults, all } = props
  const field = useFields(props)
  return (
    <>
      <div className={styles.pair}>
        <ChoiceField
          {...field('category')}
          options={OptionCategory.options}
          wordOf={(category) => t(`catalogue.category.${category}`)}
        />
        <ChoiceField
          {...field('charge')}
          options={Charge.options}
          wordOf={(charge) => t(`catalogue.charge.${charge}`)}
        />
        <MoneyField {...field('feeKopecks')} />
        <MoneyField {...field('connectionKopecks')} />
      </div>
      <PackagesField value={terms.packages} set={(packages) => set({ packages })} faults={faults} />
      <div className={styles.pair}>
        <DaysField {...field('days')} description={t('catalogue.hint.optionDays')} max={366} />
      </div>
      {(terms.category === 'roaming' || terms.countries.length > 0) && (
        <CountriesField {...field('countries')} />
      )}
      <CodesField
        {...field('requires')}
        description={t('catalogue.hint.requires')}
        all={all}
        own={terms.code}
      />
      <CodesField
        {...field('excludes')}
        description={t('catalogue.hint.excludes')}
        all={all}
        own={terms.code}
      />
    </>
  )
}

const CONTENT_CHARGES = ['daily', 'weekly', 'monthly'] as const

/** Whose content it is, and what it costs. */
export function ContentForm(props: FormProps<ContentTerms>) {
  const { t } = useWords()
  const { terms, set, faults } = props
  const field = useFields(props)
  const { partner } = terms
  return (
    <>
      <div className={styles.pair}>
        <MoneyField {...field('feeKopecks')} />
        <ChoiceField
          {...field('charge')}
          options={CONTENT_CHARGES}
          wordOf={(charge) => t(`catalogue.charge.${charge}`)}
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
export function DiscountForm(props: FormProps<DiscountTerms>) {
  const { t } = useWords()
  const { terms, set, faults, all } = props
  const field = useFields(props)
  const { why } = terms
  return (
    <>
      <div className={styles.pair}>
        <CountField {...field('percent')} unit={t('catalogue.unit.percent')} min={1} max={100} />
        <DaysField {...field('days')} description={t('catalogue.hint.discountDays')} max={3660} />
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
      <CodesField {...field('appliesTo')} all={all} own="" />
    </>
  )
}

/** Where, and what it costs there. */
export function ZoneForm(props: FormProps<ZoneTerms>) {
  const { t } = useWords()
  const { terms, set, faults } = props
  const field = useFields(props)
  return (
    <>
      <CountriesField {...field('countries')} description={t('catalogue.hint.zoneCountries')} />
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
