import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { integrations, WebhookEvent } from '../../../contracts/integrations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import styles from './settings.module.css'

/** A new listener; its signing secret is shown this once. */
export function WebhookDialog({ close }: { close: () => void }) {
  const { t } = useWords()
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<string[]>(['message.received'])
  const [withBodies, setWithBodies] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const act = async () => {
    const body = {
      url: url.trim(),
      events: WebhookEvent.options.filter((one) => events.includes(one)),
      withBodies,
    }
    setSecret((await call(integrations.createWebhook, { body })).secret)
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
  }
  return (
    <Dialog
      title={t('webhooks.add')}
      word={t('states.add')}
      close={close}
      act={act}
      ready={/^https?:\/\/./.test(url) && events.length > 0}
      keepOpen
      done={secret !== null}
    >
      <TextInput
        label={t('webhooks.url')}
        type="url"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group label={t('webhooks.events')} value={events} onChange={setEvents}>
        <Stack gap={6} mt={4}>
          {WebhookEvent.options.map((event) => (
            <Checkbox key={event} value={event} label={event} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox
        label={t('webhooks.withBodies')}
        checked={withBodies}
        onChange={(event) => setWithBodies(event.currentTarget.checked)}
      />
      {secret && (
        <div>
          <p className={styles.dim}>{t('webhooks.secret')}</p>
          <div className={styles.once}>{secret}</div>
        </div>
      )}
    </Dialog>
  )
}
