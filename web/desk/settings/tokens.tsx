import { Button, Checkbox, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { v7 } from 'uuid'
import type { z } from 'zod'
import { integrations, Scope, type ServiceToken } from '../../../contracts/integrations.ts'
import { formatDay, formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { CountInput, isCount } from '../parts/count-input.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import styles from './settings.module.css'

const DAYS = { min: 1, max: 366 } as const

type Made = { readonly token: string; readonly info: z.infer<typeof ServiceToken> }

function TokenDialog({ close }: { close: () => void }) {
  const { t } = useWords()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>(['read'])
  const [days, setDays] = useState<number | null>(90)
  const [made, setMade] = useState<Made | null>(null)
  // One for all tries: an answer that got lost makes no second token.
  const [key] = useState(() => v7())
  const act = async () => {
    if (!isCount(days, DAYS)) return
    const answer = await call(integrations.createServiceToken, {
      key,
      body: { name: name.trim(), scopes: Scope.options.filter((one) => scopes.includes(one)), days },
    })
    setMade(answer)
    await queryClient.invalidateQueries({ queryKey: ['tokens'] })
  }
  return (
    <Dialog
      title={t('tokens.add')}
      word={t('tokens.add')}
      close={close}
      act={act}
      ready={name.trim() !== '' && scopes.length > 0 && isCount(days, DAYS)}
      keepOpen
      once={{ shown: made !== null }}
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
      <CountInput label={t('tokens.days')} {...DAYS} value={days} onChange={setDays} />
      {made && <HowToUse made={made} />}
    </Dialog>
  )
}

/** The new token, for once, and the two ways to use it: as it is with our own API, and changed for an access token with TM Forum's. */
function HowToUse({ made: { token, info } }: { made: Made }) {
  const { t } = useWords()
  const facts = [
    [t('tokens.tokenAddress'), `${window.location.origin}/oauth/token`],
    ['client_id', info.prefix],
    ['client_secret', t('tokens.wholeKey')],
    ['scope', info.scopes.join(' ')],
  ] as const
  return (
    <section aria-live="polite" className={styles.use}>
      <div>
        <p className={styles.dim}>{t('tokens.once')}</p>
        <div className={styles.once}>{token}</div>
      </div>
      <p className={styles.dim}>{t('tokens.ownApi')}</p>
      <h3>{t('tokens.oauth')}</h3>
      <p className={styles.dim}>{t('tokens.oauthHint')}</p>
      <dl className={styles.uses}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Keys of other systems: what they may, until when, when last used. */
export function Tokens() {
  const { t, locale } = useWords()
  const [adding, setAdding] = useState(false)
  const [revoked, setRevoked] = useState<z.infer<typeof ServiceToken> | null>(null)
  const query = useQuery({
    queryKey: ['tokens'],
    queryFn: ({ signal }) => call(integrations.listServiceTokens, { signal }),
  })
  return (
    <Room
      title={t('sections.tokens')}
      hint={t('tokens.hint')}
      query={query}
      action={<Button onClick={() => setAdding(true)}>{t('tokens.add')}</Button>}
    >
      {(rows) => (
        <>
          <DataTable
            rows={rows}
            empty={t('tokens.empty')}
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
                    <Button variant="default" onClick={() => setRevoked(one)}>
                      {t('tokens.revoke')}
                    </Button>
                  ),
              },
            ]}
          />
          {revoked && (
            <Dialog
              title={t('tokens.revokeTitle', { name: revoked.name })}
              word={t('tokens.revoke')}
              close={() => setRevoked(null)}
              act={async () => {
                await call(integrations.revokeServiceToken, { params: { id: revoked.id } })
                await queryClient.invalidateQueries({ queryKey: ['tokens'] })
              }}
              danger
            >
              <p>{t('tokens.revokeHint')}</p>
            </Dialog>
          )}
          {adding && <TokenDialog close={() => setAdding(false)} />}
        </>
      )}
    </Room>
  )
}
