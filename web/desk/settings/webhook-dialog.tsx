import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { v7 } from 'uuid'
import type { z } from 'zod'
import { integrations, type Webhook, WebhookEvent } from '../../../contracts/integrations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import styles from './settings.module.css'

type Listener = z.infer<typeof Webhook>

/** A listener: whom we tell of what. The signing secret of a new one is shown this once; that of a known one stays. */
export function WebhookDialog({ webhook, close }: { webhook: Listener | null; close: () => void }) {
  const { t } = useWords()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [events, setEvents] = useState<readonly string[]>(webhook?.events ?? ['message.received'])
  const [withBodies, setWithBodies] = useState(webhook?.withBodies ?? false)
  const [secret, setSecret] = useState<string | null>(null)
  // One for all tries: an answer that got lost makes no second webhook.
  const [key] = useState(() => v7())
  const act = async () => {
    const body = {
      url: url.trim(),
      events: WebhookEvent.options.filter((one) => events.includes(one)),
      withBodies,
    }
    if (webhook) await call(integrations.changeWebhook, { params: { id: webhook.id }, body })
    else setSecret((await call(integrations.createWebhook, { key, body })).secret)
    await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    if (webhook) close()
  }
  return (
    <Dialog
      title={t(webhook ? 'webhooks.edit' : 'webhooks.add')}
      word={t(webhook ? 'states.save' : 'states.add')}
      close={close}
      act={act}
      ready={/^https?:\/\/./.test(url) && events.length > 0}
      keepOpen
      once={{ shown: secret !== null }}
    >
      <TextInput
        label={t('webhooks.url')}
        type="url"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group label={t('webhooks.events')} value={[...events]} onChange={setEvents}>
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
