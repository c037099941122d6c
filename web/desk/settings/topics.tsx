import { Button, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { v7 } from 'uuid'
import type { z } from 'zod'
import { type Topic, type TopicTree, topics } from '../../../contracts/knowledge.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { topicsQuery } from '../data/knowledge.ts'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

type Draft = Pick<Topic, 'id' | 'parentId' | 'key' | 'title'>

/** Depth-first, each topic with how deep it lies. */
function walk(
  all: readonly Draft[],
  parentId: string | null = null,
  depth = 0,
): readonly (readonly [Draft, number])[] {
  return all
    .filter((one) => one.parentId === parentId)
    .flatMap((one) => [[one, depth] as const, ...walk(all, one.id, depth + 1)])
}

function Editor({ tree }: { tree: z.infer<typeof TopicTree> }) {
  const { t, locale } = useWords()
  const [all, setAll] = useState<readonly Draft[]>(() =>
    tree.topics
      .filter((one) => !one.retired)
      .map(({ id, parentId, key, title }) => ({ id, parentId, key, title })),
  )
  const set = (id: string, part: Partial<Draft>) =>
    setAll((list) => list.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const add = (parentId: string | null) =>
    setAll((list) => [...list, { id: v7(), parentId, key: '', title: { ru: '', en: '' } }])
  const remove = (id: string) => {
    const gone = new Set([id, ...walk(all, id).map(([one]) => one.id)])
    setAll((list) => list.filter((one) => !gone.has(one.id)))
  }
  const ready =
    all.length > 0 &&
    all.every((one) => /^[a-z0-9-]{1,60}$/.test(one.key) && one.title.ru !== '' && one.title.en !== '')
  const ordered = walk(all).map(([one]) => one)
  return (
    <>
      <p className={styles.hint}>
        {t('topics.version', {
          version: tree.version,
          by: tree.publishedBy,
          at: formatMoment(tree.publishedAt, locale),
        })}
      </p>
      {walk(all).map(([one, depth]) => (
        <div key={one.id} className={styles.topic} style={{ paddingLeft: depth * 24 }}>
          <TextInput
            size="xs"
            aria-label={t('topics.ru')}
            placeholder={t('topics.ru')}
            maxLength={80}
            value={one.title.ru}
            onChange={(event) => set(one.id, { title: { ...one.title, ru: event.currentTarget.value } })}
          />
          <TextInput
            size="xs"
            aria-label={t('topics.en')}
            placeholder={t('topics.en')}
            maxLength={80}
            value={one.title.en}
            onChange={(event) => set(one.id, { title: { ...one.title, en: event.currentTarget.value } })}
          />
          <TextInput
            size="xs"
            aria-label={t('topics.key')}
            placeholder="key"
            value={one.key}
            onChange={(event) => set(one.id, { key: event.currentTarget.value })}
          />
          <Group gap={2} wrap="nowrap">
            <Button size="compact-xs" variant="subtle" onClick={() => add(one.id)}>
              {t('topics.child')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => remove(one.id)}>
              {t('topics.remove')}
            </Button>
          </Group>
        </div>
      ))}
      <Group mt={16} gap={8}>
        <Button variant="default" onClick={() => add(null)}>
          {t('topics.addRoot')}
        </Button>
        <Button
          disabled={!ready}
          onClick={() =>
            void run(
              call(topics.publishTopicTree, { body: { basedOn: tree.version, topics: ordered } }),
              ['topics'],
              t('states.saved'),
            )
          }
        >
          {t('topics.publish')}
        </Button>
      </Group>
    </>
  )
}

/** The topic tree; publishing makes a new version, what is left out is retired. */
export function Topics() {
  const { t } = useWords()
  const query = useQuery(topicsQuery)
  return (
    <Room title={t('sections.topics')} query={query}>
      {(tree) => <Editor key={tree.version} tree={tree} />}
    </Room>
  )
}
