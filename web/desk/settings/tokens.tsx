import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { integrations, Scope } from '../../../contracts/integrations.ts'
import { formatDay, formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

function TokenDialog({ close }: { close: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['read'])
  const [days, setDays] = useState(90)
  const [token, setToken] = useState<string | null>(null)
  const act = async () => {
    const made = await call(integrations.createServiceToken, {
      body: { name: name.trim(), scopes: Scope.options.filter((one) => scopes.includes(one)), days },
    })
    setToken(made.token)
    await queryClient.invalidateQueries({ queryKey: ['tokens'] })
  }
  return (
    <Dialog
      title={t('tokens.add')}
      word={t('tokens.add')}
      close={close}
      act={act}
      ready={name.trim() !== '' && scopes.length > 0 && token === null}
      keepOpen
    >
      <TextInput
        label={t('tokens.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group label={t('tokens.scopes')} value={scopes} onChange={setScopes}>
        <Group gap={12} mt={4}>
          {Scope.options.map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`tokens.${scope}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <NumberInput
        label={t('tokens.days')}
        min={1}
        max={366}
        value={days}
        onChange={(value) => setDays(Number(value) || 1)}
      />
      {token && (
        <div>
          <p className={styles.dim}>{t('tokens.once')}</p>
          <div className={styles.once}>{token}</div>
        </div>
      )}
    </Dialog>
  )
}

/** Keys of other systems: what they may, until when, when last used. */
export function Tokens() {
  const { t, locale } = useWords()
  const [adding, setAdding] = useState(false)
  const query = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => call(integrations.listServiceTokens, { signal }),
  })
  return (
    <Room
      title={t('sections.tokens')}
      query={query}
      action={<Button onClick={() => setAdding(true)}>{t('tokens.add')}</Button>}
    >
      {(rows) => (
        <>
          <DataTable
            rows={rows}
            columns={[
              {
                head: t('tokens.name'),
                cell: (one) => (
                  <>
                    {one.name}
                    <div className={styles.code}>{one.prefix}…</div>
                  </>
                ),
              },
              {
                head: t('tokens.scopes'),
                cell: (one) => one.scopes.map((scope) => t(`tokens.${scope}`)).join(', '),
              },
              { head: t('tokens.expires'), cell: (one) => formatDay(one.expiresAt, locale) },
              {
                head: t('tokens.used'),
                cell: (one) => (one.lastUsedAt ? formatMoment(one.lastUsedAt, locale) : t('tokens.never')),
              },
              {
                head: '',
                cell: (one) =>
                  one.revokedAt ? (
                    <span className={styles.dim}>{t('tokens.revoked')}</span>
                  ) : (
                    <Button
                      variant="default"
                      onClick={() =>
                        void run(call(integrations.revokeServiceToken, { params: { id: one.id } }), [
                          'tokens',
                        ])
                      }
                    >
                      {t('tokens.revoke')}
                    </Button>
                  ),
              },
            ]}
          />
          {adding && <TokenDialog close={() => setAdding(false)} />}
        </>
      )}
    </Room>
  )
}
