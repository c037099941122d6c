import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from '@tanstack/react-router'
import { z } from 'zod'
import { ChannelKind } from '../../../contracts/channels.ts'
import { ConversationState } from '../../../contracts/conversations.ts'
import type { Role } from '../../../contracts/staff.ts'
import { CatalogueSearch } from '../catalogue/use-catalogue-view.ts'
import { ConversationPage } from '../conversation/conversation-page.tsx'
import { queryClient } from '../data/query-client.ts'
import { meQuery } from '../data/session.ts'
import { InboxPage, NothingChosen } from '../inbox/inbox-page.tsx'
import { DealsSearch, LotsSearch, RulesSearch, TraderSearch } from '../market/search.ts'
import { NoSuchPage } from '../parts/no-such-page.tsx'
import { Oops } from '../parts/oops.tsx'
import { SearchPage } from '../search/search-page.tsx'
import { bring } from './bring.ts'
import { Shell } from './shell.tsx'

/** The inbox in the URL: a link shows a colleague the same list. Unknown words fall back quietly. */
const InboxSearch = z.object({
  view: z.enum(['mine', 'unassigned', 'all']).default('mine').catch('mine'),
  state: ConversationState.default('open').catch('open'),
  channel: ChannelKind.optional().catch(undefined),
  topicId: z.uuid().optional().catch(undefined),
  card: z.boolean().optional().catch(undefined),
})

const myRoles = (): readonly Role[] => queryClient.getQueryData(meQuery.queryKey)?.member.roles ?? []

/** A place that the rail does not lead these roles to is no place for who follows an old link either: nothing in it would load. */
const only =
  (...roles: Role[]) =>
  () => {
    if (!myRoles().some((role) => roles.includes(role))) throw notFound()
  }

/** Nothing has a mistyped name: to ask the server would only tell of a bad request. */
const named = (id: string) => {
  if (!z.uuid().safeParse(id).success) throw notFound()
}

const root = createRootRoute({ component: Shell, errorComponent: Oops, notFoundComponent: NoSuchPage })
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // Who answers nobody begins with their own work: the assistant's flows, or how the channels are.
    const roles = myRoles()
    if (roles.includes('agent') || roles.includes('supervisor'))
      throw redirect({ to: '/inbox', search: { view: 'mine', state: 'open' } })
    if (roles.includes('designer')) throw redirect({ to: '/assistant/flows' })
    if (roles.includes('admin')) throw redirect({ to: '/settings/$section', params: { section: 'channels' } })
    throw redirect({ to: '/knowledge' })
  },
})
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  beforeLoad: only('agent', 'supervisor'),
  component: InboxPage,
  validateSearch: InboxSearch,
})
const nothing = createRoute({ getParentRoute: () => inbox, path: '/', component: NothingChosen })
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: '$conversationId',
  beforeLoad: ({ params }) => named(params.conversationId),
  component: ConversationPage,
})
const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  beforeLoad: only('agent', 'supervisor'),
  validateSearch: z.object({ q: z.string().max(200).optional().catch(undefined) }),
  // Not fetched when it is asked for: what is typed right after the key would be lost, or pressed as keys of the list.
  component: SearchPage,
})
const knowledge = createRoute({
  getParentRoute: () => root,
  path: '/knowledge',
  component: lazyRouteComponent(
    bring(() => import('../knowledge/knowledge-page.tsx')),
    'KnowledgePage',
  ),
})
const noArticle = createRoute({
  getParentRoute: () => knowledge,
  path: '/',
  component: lazyRouteComponent(
    bring(() => import('../knowledge/knowledge-page.tsx')),
    'NoArticle',
  ),
})
const article = createRoute({
  getParentRoute: () => knowledge,
  path: 'read/$articleKey',
  component: lazyRouteComponent(
    bring(() => import('../knowledge/article-page.tsx')),
    'ArticlePage',
  ),
})
const noEditedArticle = createRoute({
  getParentRoute: () => knowledge,
  path: 'edit',
  component: lazyRouteComponent(
    bring(() => import('../knowledge/knowledge-page.tsx')),
    'NoArticle',
  ),
})
const newArticle = createRoute({
  getParentRoute: () => knowledge,
  path: 'edit/new',
  component: lazyRouteComponent(
    bring(() => import('../knowledge/new-article-page.tsx')),
    'NewArticlePage',
  ),
})
const editArticle = createRoute({
  getParentRoute: () => knowledge,
  path: 'edit/$articleId',
  beforeLoad: ({ params }) => named(params.articleId),
  component: lazyRouteComponent(
    bring(() => import('../knowledge/edit-article-page.tsx')),
    'EditArticlePage',
  ),
})
const unfiled = createRoute({
  getParentRoute: () => root,
  path: '/unfiled',
  beforeLoad: only('supervisor', 'admin'),
  component: lazyRouteComponent(
    bring(() => import('../settings/unfiled-page.tsx')),
    'UnfiledPage',
  ),
})
const containment = createRoute({
  getParentRoute: () => root,
  path: '/containment',
  beforeLoad: only('supervisor', 'designer', 'admin'),
  component: lazyRouteComponent(
    bring(() => import('../containment/containment-page.tsx')),
    'ContainmentPage',
  ),
})
const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  beforeLoad: only('supervisor', 'admin'),
  component: lazyRouteComponent(
    bring(() => import('../approvals/approvals-page.tsx')),
    'ApprovalsPage',
  ),
})
const market = createRoute({
  getParentRoute: () => root,
  path: '/market',
  component: lazyRouteComponent(
    bring(() => import('../market/market-page.tsx')),
    'MarketPage',
  ),
})
const marketOverview = createRoute({
  getParentRoute: () => market,
  path: '/',
  component: lazyRouteComponent(
    bring(() => import('../market/overview-page.tsx')),
    'OverviewPage',
  ),
})
const marketLots = createRoute({
  getParentRoute: () => market,
  path: 'lots',
  validateSearch: LotsSearch,
  component: lazyRouteComponent(
    bring(() => import('../market/lots-page.tsx')),
    'LotsPage',
  ),
})
const marketDeals = createRoute({
  getParentRoute: () => market,
  path: 'deals',
  validateSearch: DealsSearch,
  component: lazyRouteComponent(
    bring(() => import('../market/deals-page.tsx')),
    'DealsPage',
  ),
})
const trader = createRoute({
  getParentRoute: () => market,
  path: 'traders/$traderId',
  beforeLoad: ({ params }) => named(params.traderId),
  validateSearch: TraderSearch,
  component: lazyRouteComponent(
    bring(() => import('../market/trader-page.tsx')),
    'TraderPage',
  ),
})
const marketRules = createRoute({
  getParentRoute: () => market,
  path: 'rules',
  validateSearch: RulesSearch,
  component: lazyRouteComponent(
    bring(() => import('../market/rules/rules-page.tsx')),
    'RulesPage',
  ),
})
const marketChanges = createRoute({
  getParentRoute: () => market,
  path: 'changes',
  component: lazyRouteComponent(
    bring(() => import('../market/changes-page.tsx')),
    'ChangesPage',
  ),
})
const assistant = createRoute({
  getParentRoute: () => root,
  path: '/assistant',
  beforeLoad: only('designer', 'admin'),
  component: lazyRouteComponent(
    bring(() => import('../assistant/assistant-page.tsx')),
    'AssistantPage',
  ),
})
const assistantHome = createRoute({
  getParentRoute: () => assistant,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/assistant/flows' })
  },
})
const flows = createRoute({
  getParentRoute: () => assistant,
  path: 'flows',
  component: lazyRouteComponent(
    bring(() => import('../assistant/flows-page.tsx')),
    'FlowsPage',
  ),
})
const examples = createRoute({
  getParentRoute: () => assistant,
  path: 'examples',
  component: lazyRouteComponent(
    bring(() => import('../assistant/examples-page.tsx')),
    'ExamplesPage',
  ),
})
const intentExamples = createRoute({ getParentRoute: () => examples, path: '$intentKey' })
const unanswered = createRoute({
  getParentRoute: () => assistant,
  path: 'unanswered',
  component: lazyRouteComponent(
    bring(() => import('../assistant/unanswered-page.tsx')),
    'UnansweredPage',
  ),
})
// Beside the room, not in it: the graph wants the whole screen.
const flow = createRoute({
  getParentRoute: () => root,
  path: '/assistant/flows/$flowKey',
  beforeLoad: only('designer', 'admin'),
  component: lazyRouteComponent(
    bring(() => import('../assistant/flow-page.tsx')),
    'FlowPage',
  ),
})
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(
    bring(() => import('../settings/settings-page.tsx')),
    'SettingsPage',
  ),
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/$section', params: { section: 'profile' } })
  },
})
const catalogue = createRoute({
  getParentRoute: () => settings,
  path: 'catalogue',
  validateSearch: CatalogueSearch,
  component: lazyRouteComponent(
    bring(() => import('../catalogue/catalogue-page.tsx')),
    'CataloguePage',
  ),
})
const section = createRoute({
  getParentRoute: () => settings,
  path: '$section',
  component: lazyRouteComponent(
    bring(() => import('../settings/section.tsx')),
    'Section',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    inbox.addChildren([nothing, conversation]),
    search,
    knowledge.addChildren([noArticle, article, noEditedArticle, newArticle, editArticle]),
    unfiled,
    approvals,
    market.addChildren([marketOverview, marketLots, marketDeals, trader, marketRules, marketChanges]),
    assistant.addChildren([assistantHome, flows, examples.addChildren([intentExamples]), unanswered]),
    flow,
    containment,
    settings.addChildren([settingsHome, catalogue, section]),
  ]),
  basepath: '/desk',
  defaultErrorComponent: Oops,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
