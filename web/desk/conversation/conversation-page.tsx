import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { isProblem } from '../../shared/api/index.ts'
import { BreakGlass } from '../actions/break-glass.tsx'
import { bring } from '../app/bring.ts'
import { Composer } from '../composer/composer.tsx'
import { conversationQuery } from '../data/conversation.ts'
import { useNext } from '../inbox/use-next.ts'
import { useHelpShown } from '../knowledge/open-help.ts'
import { Failed } from '../parts/states.tsx'
import { CardPanel } from '../person/card-panel.tsx'
import { CallBackLine } from './call-back-line.tsx'
import styles from './conversation.module.css'
import { ConversationHeader } from './conversation-header.tsx'
import { ConversationSkeleton } from './conversation-skeleton.tsx'
import { Timeline } from './timeline.tsx'
import { useShortcutsOfConversation } from './use-shortcuts-of-conversation.ts'

const bringHelp = bring(() => import('../knowledge/help-panel.tsx'))
const HelpPanel = lazy(async () => ({ default: (await bringHelp()).HelpPanel }))

/** The person's whole timeline, the answer below it, the card beside it. */
export function ConversationPage() {
  const { conversationId } = useParams({ from: '/inbox/$conversationId' })
  // A new conversation is a new screen: scroll, draft and dialogs start afresh.
  return <OneConversation key={conversationId} id={conversationId} />
}

function OneConversation({ id }: { id: string }) {
  const { data: conversation, error, isPending, refetch } = useQuery(conversationQuery(id))
  useShortcutsOfConversation(conversation)
  useNext(id)
  const helpShown = useHelpShown()
  if (isPending) return <ConversationSkeleton />
  if (isProblem(error, 'need_to_know')) return <BreakGlass id={id} />
  if (!conversation) return <Failed error={error} retry={() => void refetch()} />
  return (
    <div className={styles.page}>
      <article className={styles.talk} aria-label={conversation.person.name}>
        <ConversationHeader conversation={conversation} />
        {conversation.callBack && <CallBackLine id={id} callBack={conversation.callBack} />}
        <Timeline conversation={conversation} />
        <Composer conversation={conversation} />
      </article>
      {helpShown ? (
        <Suspense fallback={<CardPanel conversation={conversation} />}>
          <HelpPanel topicId={conversation.topicId} />
        </Suspense>
      ) : (
        <CardPanel conversation={conversation} />
      )}
    </div>
  )
}
