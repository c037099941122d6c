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

/** Rooms of the rail, and who may enter. */
const ROOMS = [
  { room: 'search', to: '/search', key: '/', roles: ['agent', 'supervisor'] },
  { room: 'knowledge', to: '/knowledge', key: null, roles: 'all' },
  { room: 'assistant', to: '/assistant', key: null, roles: ['designer', 'admin'] },
  { room: 'approvals', to: '/approvals', key: null, roles: ['supervisor', 'admin'] },
  { room: 'containment', to: '/containment', key: null, roles: ['supervisor', 'designer', 'admin'] },
  { room: 'unfiled', to: '/unfiled', key: null, roles: ['supervisor', 'admin'] },
] as const

/** What can be done right here, right now: about the open conversation first. */
export function useCommands(needle: string, showHelp: () => void): readonly Command[] {
  const here = useConversationCommands()
  const places = usePlaces()
  const desk = useDeskCommands(showHelp)
  const search = useSearch(needle)
  return [...here, ...places, ...desk, ...search]
}

function useConversationCommands(): readonly Command[] {
  const { t } = useWords()
  const { conversationId } = useParams({ strict: false })
  const open = useQuery({ ...conversationQuery(conversationId ?? ''), enabled: false }).data
  if (!conversationId) return []
  const isFree = open?.state === 'open' && !open.assignee
  return [
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
}

/** Where one can go, as far as one's roles let. */
function usePlaces(): readonly Command[] {
  const { t } = useWords()
  const { me, may } = useMe()
  const navigate = useNavigate()
  const roles = me?.member.roles ?? []
  const answers = may('agent', 'supervisor')
  const views = (answers ? (['mine', 'unassigned', 'all'] as const) : []).map(
    (view): Command => ({
      id: `view-${view}`,
      title: `${t('rail.inbox')} › ${t(`inbox.${view}`)}`,
      run: () => void navigate({ to: '/inbox', search: { view, state: 'open' } }),
    }),
  )
  const rooms = ROOMS.filter(({ roles }) => roles === 'all' || may(...roles)).map(
    ({ room, key, to }): Command => ({
      id: `go-${room}`,
      title: t(`rail.${room}`),
      ...(key && { key }),
      run: () => void navigate({ to, search: {} }),
    }),
  )
  const market = marketPartsFor(roles).map(
    (part): Command => ({
      id: `market-${part}`,
      title: `${t('rail.market')} › ${t(`market.part.${part}`)}`,
      run: () => void navigate({ to: PATH_OF[part] }),
    }),
  )
  const sections = sectionsFor(roles).map(
    (section): Command => ({
      id: `section-${section}`,
      title: `${t('rail.settings')} › ${t(`sections.${section}`)}`,
      run: () => void navigate({ to: '/settings/$section', params: { section } }),
    }),
  )
  return [...views, ...rooms, ...market, ...sections]
}

/** The desk itself: how it looks, speaks and is left. */
function useDeskCommands(showHelp: () => void): readonly Command[] {
  const { t, locale } = useWords()
  const { toggleColorScheme } = useMantineColorScheme()
  return [
    { id: 'theme', title: t('palette.theme'), run: toggleColorScheme },
    {
      id: 'language',
      title: locale === 'ru' ? 'English' : 'Русский',
      run: () => void changeLanguage(locale === 'ru' ? 'en' : 'ru'),
    },
    { id: 'lock', title: t('me.lock'), run: () => void lockDesk() },
    { id: 'help', title: t('keys.title'), key: '?', run: showHelp },
  ]
}

/** The typed words, looked for in all conversations. */
function useSearch(needle: string): readonly Command[] {
  const { t } = useWords()
  const { may } = useMe()
  const navigate = useNavigate()
  if (!may('agent', 'supervisor') || needle.length < 2) return []
  return [
    {
      id: 'search',
      always: true,
      title: t('palette.search', { text: needle }),
      run: () => void navigate({ to: '/search', search: { q: needle } }),
    },
  ]
}
