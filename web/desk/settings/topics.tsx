import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { v7 } from 'uuid'
import { topics } from '../../../contracts/knowledge.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { topicsQuery } from '../data/knowledge.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import { StickyBar } from '../parts/sticky-bar.tsx'
import { useMe } from '../session/use-me.ts'
import { Room } from './room.tsx'
import styles from './settings.module.css'
import {
  add,
  bringBack,
  change,
  countChanges,
  faultOf,
  remove,
  retiredOf,
  type TopicDraft,
  type Tree,
  type TreeDraft,
  takeBack,
  walk,
} from './topics-draft.ts'
import { topicsDraft, useTopicsDraft } from './topics-store.ts'

/** How far a topic stands from the one that it lies in. */
const INDENT_PX = 24

interface EditProps {
  readonly words: string
  readonly edit: (draft: TreeDraft) => TreeDraft
  readonly color?: 'gray'
}

/** One thing that may be done with a topic. */
const EditButton = ({ words, edit, ...looks }: EditProps) => (
  <Button size="compact-xs" variant="subtle" {...looks} onClick={() => topicsDraft.edit(edit)}>
    {words}
  </Button>
)

/** The words and the key of a topic, and what may be done with it. Its key is for other systems: once published, it stays. */
function TopicRow({ draft, topic, depth }: { draft: TreeDraft; topic: TopicDraft; depth: number }) {
  const { t } = useWords()
  const { id, key, title } = topic
  const fault = faultOf(draft, topic)
  const isNew = !draft.base.topics.some((one) => one.id === id)
  const set = (part: Partial<TopicDraft>) => topicsDraft.edit((all) => change(all, id, part))
  return (
    <div className={styles.topic} style={{ paddingLeft: depth * INDENT_PX }} data-topic={id}>
      {(['ru', 'en'] as const).map((locale) => (
        <TextInput
          key={locale}
          size="xs"
          aria-label={t(`topics.${locale}`)}
          placeholder={t(`topics.${locale}`)}
          maxLength={80}
          value={title[locale]}
          error={title[locale].trim() === '' && t('topics.fault.empty')}
          onChange={(event) => set({ title: { ...title, [locale]: event.currentTarget.value } })}
        />
      ))}
      {isNew ? (
        <TextInput
          size="xs"
          aria-label={t('topics.key')}
          placeholder={t('topics.keyExample')}
          maxLength={60}
          value={key}
          error={fault !== null && fault !== 'empty' && t(`topics.fault.${fault}`)}
          onChange={(event) => set({ key: event.currentTarget.value })}
        />
      ) : (
        <span className={styles.code}>{key}</span>
      )}
      <Group gap={2} wrap="nowrap">
        <EditButton words={t('topics.child')} edit={(all) => add(all, v7(), id)} />
        <EditButton words={t('topics.remove')} color="gray" edit={(all) => remove(all, id)} />
      </Group>
    </div>
  )
}

/** Topics of earlier versions; their keys are taken, so they come back rather than being written anew. */
function Retired({ draft }: { draft: TreeDraft }) {
  const { t, locale } = useWords()
  const retired = retiredOf(draft)
  if (retired.length === 0) return null
  return (
    <details className={styles.retired}>
      <summary>{t('topics.retired', { count: retired.length })}</summary>
      <ul>
        {retired.map((topic) => (
          <li key={topic.id}>
            <span>
              {topic.title[locale]} <span className={styles.dim}>{topic.key}</span>
            </span>
            <EditButton words={t('topics.bringBack')} edit={(all) => bringBack(all, topic)} />
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What was not published yet, what keeps it from that, and the way there and back. */
function PublishBar({ draft, tree }: { draft: TreeDraft; tree: Tree }) {
  const { t } = useWords()
  const isOld = draft.base.version !== tree.version
  const publish = useMutation({
    mutationFn: () =>
      call(topics.publishTopicTree, {
        body: {
          basedOn: draft.base.version,
          topics: walk(draft.topics).map(([one]) => ({
            ...one,
            title: { ru: one.title.ru.trim(), en: one.title.en.trim() },
          })),
        },
      }),
    onSuccess: (published) => {
      topicsDraft.begin(published)
      queryClient.setQueryData(topicsQuery.queryKey, published)
      say(t('topics.published', { version: published.version }))
    },
    // Somebody else may have been first: then their version is told of above.
    onError: () => queryClient.invalidateQueries({ queryKey: topicsQuery.queryKey }),
  })
  const count = countChanges(draft)
  const faults = draft.topics.filter((one) => faultOf(draft, one) !== null).length
  if (count === 0) return null
  return (
    <StickyBar>
      <span>
        {faults > 0 ? t('topics.fix', { count: faults }) : t('catalogue.draft.waiting', { count })}
        <span className={styles.dim}> · {t('catalogue.draft.onlyHere')}</span>
        {!isOld && <ProblemLine error={publish.error} />}
      </span>
      <Group gap={6}>
        {draft.beforeRemoval && (
          <Button variant="default" onClick={() => topicsDraft.edit(takeBack)}>
            {t('topics.takeBack')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => topicsDraft.begin(tree)}>
          {t('catalogue.draft.discardAll')}
        </Button>
        <Button
          disabled={faults > 0 || isOld || draft.topics.length === 0}
          loading={publish.isPending}
          onClick={() => publish.mutate()}
        >
          {t('topics.publish')}
        </Button>
      </Group>
    </StickyBar>
  )
}

function Editor({ draft, tree }: { draft: TreeDraft; tree: Tree }) {
  const { t, locale } = useWords()
  const rows = useRef<HTMLDivElement>(null)
  const addRoot = () => {
    const id = v7()
    topicsDraft.edit((all) => add(all, id, null))
    requestAnimationFrame(() =>
      rows.current?.querySelector<HTMLInputElement>(`[data-topic="${id}"] input`)?.focus(),
    )
  }
  return (
    <>
      <p className={styles.hint}>
        {t('topics.version', {
          version: tree.version,
          by: tree.publishedBy,
          at: formatMoment(tree.publishedAt, locale),
        })}
      </p>
      {draft.base.version !== tree.version && (
        <div className={styles.notice} role="alert">
          <p>
            {t('catalogue.draft.stale', {
              by: tree.publishedBy,
              version: tree.version,
              mine: draft.base.version,
            })}
          </p>
          <Button variant="default" onClick={() => topicsDraft.rebase(tree)}>
            {t('catalogue.draft.rebase')}
          </Button>
        </div>
      )}
      <div ref={rows}>
        {walk(draft.topics).map(([topic, depth]) => (
          <TopicRow key={topic.id} draft={draft} topic={topic} depth={depth} />
        ))}
      </div>
      <Button mt={16} variant="default" onClick={addRoot}>
        {t('topics.addRoot')}
      </Button>
      <Retired draft={draft} />
      <PublishBar draft={draft} tree={tree} />
    </>
  )
}

/** The topic tree; publishing makes a new version, what is left out is retired. */
export function Topics() {
  const { t } = useWords()
  const { me } = useMe()
  const query = useQuery(topicsQuery)
  const draft = useTopicsDraft()
  const memberId = me?.member.id
  useEffect(() => {
    if (memberId && query.data) topicsDraft.receive(memberId, query.data)
  }, [memberId, query.data])
  return (
    <Room title={t('sections.topics')} query={query}>
      {(tree) => draft && <Editor draft={draft} tree={tree} />}
    </Room>
  )
}
