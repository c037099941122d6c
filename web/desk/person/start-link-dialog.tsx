import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { channelsQuery } from '../data/knowledge.ts'
import { Dialog } from '../parts/dialog.tsx'
import type { PointDialogProps } from './person-dialog.ts'

/** A one-time link by which the person opens another door and is recognised there. */
export function StartLinkDialog({ point, close }: PointDialogProps) {
  const { t, locale } = useWords()
  const accounts = useQuery(channelsQuery).data ?? []
  const [accountId, setAccountId] = useState<string | null>(null)
  const [made, setMade] = useState<{ url: string; expiresAt: string } | null>(null)
  const data = accounts
    .filter(
      (one) =>
        one.state === 'active' &&
        one.id !== point.channelAccountId &&
        (one.kind === 'max' || one.kind === 'telegram'),
    )
    .map((one) => ({ value: one.id, label: one.name }))
  const act = async () => {
    if (accountId)
      setMade(
        await call(subscribers.makeStartLink, {
          params: { id: point.id },
          body: { channelAccountId: accountId },
        }),
      )
  }
  return (
    <Dialog
      title={t('card.startLink')}
      word={t('startLink.do')}
      close={close}
      act={act}
      ready={accountId !== null && made === null}
      keepOpen
    >
      <Select
        label={t('startLink.where')}
        data={data}
        value={accountId}
        onChange={(id) => {
          setAccountId(id)
          setMade(null)
        }}
        data-autofocus
      />
      {made && (
        <TextInput
          readOnly
          label={t('startLink.link')}
          description={t('startLink.until', { at: formatMoment(made.expiresAt, locale) })}
          value={made.url}
          onFocus={(event) => event.currentTarget.select()}
          rightSectionWidth={100}
          rightSection={
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => void navigator.clipboard.writeText(made.url)}
            >
              {t('message.copy')}
            </Button>
          }
        />
      )}
    </Dialog>
  )
}
