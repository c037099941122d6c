import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { claim } from '../actions/act.ts'
import { openDialog } from '../actions/open-dialog.ts'
import { changeLanguage, useWords } from '../app/words.ts'
import { focusComposer } from '../composer/focus.ts'
import { conversationQuery } from '../data/conversation.ts'
import { goOn } from '../inbox/go-on.ts'
import { showHelp as showArticles } from '../knowledge/open-help.ts'
import { marketPartsFor, PATH_OF } from '../market/parts.ts'
import { lockDesk } from '../session/leave.ts'
import { useMe } from '../session/use-me.ts'
import { sectionsFor } from '../settings/sections.ts'

/** One thing to do, findable by its title. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly key?: string
  /** Shown whatever is typed. */
  readonly always?: boolean
  readonly run: () => void
}

/** What can be done right here, right now: about the open conversation first. */
export function useCommands(needle: string, showHelp: () => void): readonly Command[] {
  const { t, locale } = useWords()
  const { me, may } = useMe()
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  const { toggleColorScheme } = useMantineColorScheme()
  const open = useQuery({ ...conversationQuery(conversationId ?? ''), enabled: false }).data
  const isFree = open?.state === 'open' && !open.assignee
  const here: Command[] = conversationId
    ? [
        { id: 'reply', title: t('keys.reply'), key: 'R', run: () => focusComposer('reply') },
        { id: 'note', title: t('keys.note'), key: 'N', run: () => focusComposer('note') },
        { id: 'articles', title: t('keys.articles'), key: 'H', run: () => showArticles(true) },
        ...(isFree
          ? [{ id: 'claim', title: t('keys.claim'), key: 'C', run: () => void claim(conversationId) }]
          : []),
        { id: 'assign', title: t('actions.assign'), key: 'A', run: () => openDialog('assign') },
        { id: 'resolve', title: t('keys.resolve'), key: 'E', run: () => openDialog('resolve') },
        { id: 'snooze', title: t('actions.snooze'), key: 'S', run: () => openDialog('snooze') },
        { id: 'go-on', title: t('keys.goOn'), key: ']', run: goOn },
        { id: 'topic', title: t('actions.topic'), run: () => openDialog('topic') },
        { id: 'join', title: t('actions.join'), run: () => openDialog('join') },
      ]
    : []
  const answers = may('agent', 'supervisor')
  const views = (answers ? (['mine', 'unassigned', 'all'] as const) : []).map(
    (view): Command => ({
      id: `view-${view}`,
      title: `${t('rail.inbox')} › ${t(`inbox.${view}`)}`,
      run: () => void navigate({ to: '/inbox', search: { view, state: 'open' } }),
    }),
  )
  const sections = sectionsFor(me?.member.roles ?? []).map(
    (section): Command => ({
      id: `section-${section}`,
      title: `${t('rail.settings')} › ${t(`sections.${section}`)}`,
      run: () => void navigate({ to: '/settings/$section', params: { section } }),
    }),
  )
  const search: Command[] =
    answers && needle.length >= 2
      ? [
          {
            id: 'search',
            always: true,
            title: t('palette.search', { text: needle }),
            run: () => void navigate({ to: '/search', search: { q: needle } }),
          },
        ]
      : []
  return [
    ...here,
    ...views,
    ...(answers
      ? [
          {
            id: 'go-search',
            title: t('rail.search'),
            key: '/',
            run: () => void navigate({ to: '/search', search: {} }),
          },
        ]
      : []),
    {
      id: 'go-knowledge',
      title: t('rail.knowledge'),
      run: () => void navigate({ to: '/knowledge' }),
    },
    ...(may('designer', 'admin')
      ? [{ id: 'go-assistant', title: t('rail.assistant'), run: () => void navigate({ to: '/assistant' }) }]
      : []),
    ...(may('supervisor', 'admin')
      ? [{ id: 'go-approvals', title: t('rail.approvals'), run: () => void navigate({ to: '/approvals' }) }]
      : []),
    ...(may('supervisor', 'designer', 'admin')
      ? [
          {
            id: 'go-containment',
            title: t('rail.containment'),
            run: () => void navigate({ to: '/containment' }),
          },
        ]
      : []),
    ...(may('supervisor', 'admin')
      ? [{ id: 'go-unfiled', title: t('rail.unfiled'), run: () => void navigate({ to: '/unfiled' }) }]
      : []),
    ...marketPartsFor(me?.member.roles ?? []).map(
      (part): Command => ({
        id: `market-${part}`,
        title: `${t('rail.market')} › ${t(`market.part.${part}`)}`,
        run: () => void navigate({ to: PATH_OF[part] }),
      }),
    ),
    ...sections,
    { id: 'theme', title: t('palette.theme'), run: toggleColorScheme },
    {
      id: 'language',
      title: locale === 'ru' ? 'English' : 'Русский',
      run: () => void changeLanguage(locale === 'ru' ? 'en' : 'ru'),
    },
    { id: 'lock', title: t('me.lock'), run: () => void lockDesk() },
    { id: 'help', title: t('keys.title'), key: '?', run: showHelp },
    ...search,
  ]
}
