import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { marketConsole } from '../../../contracts/market.ts'
import { isProblem } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { traderQuery } from '../data/market.ts'
import { queryClient } from '../data/query-client.ts'
import { numberOf } from '../lines/number-of.ts'
import styles from './market.module.css'

/** The way to somebody of whom one knows the number. */
export function FindTrader() {
  const { t, locale } = useWords()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const find = useMutation({
    mutationFn: (msisdn: string) => call(marketConsole.findTrader, { query: { msisdn } }),
    onSuccess: (trader) => {
      queryClient.setQueryData(traderQuery(trader.id).queryKey, trader)
      void navigate({ to: '/market/traders/$traderId', params: { traderId: trader.id } })
    },
  })
  const said = isWrong
    ? t('market.find.bad')
    : isProblem(find.error, 'not_found')
      ? t('market.find.none')
      : find.error && problemText(find.error, locale)
  return (
    <form
      className={styles.find}
      onSubmit={(event) => {
        event.preventDefault()
        const msisdn = numberOf(typed)
        setWrong(msisdn === undefined)
        find.reset()
        if (msisdn !== undefined) find.mutate(msisdn)
      }}
    >
      <TextInput
        type="tel"
        aria-label={t('market.find.label')}
        placeholder={t('market.find.label')}
        title={t('market.find.recorded')}
        autoComplete="off"
        maxLength={24}
        value={typed}
        error={said}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setWrong(false)
        }}
      />
      <Button
        type="submit"
        size="sm"
        variant="default"
        loading={find.isPending}
        leftSection={<IconSearch size={14} aria-hidden />}
      >
        {t('market.find.go')}
      </Button>
    </form>
  )
}
