import { Button, SegmentedControl } from '@mantine/core'
import { IconBook2, IconPlus } from '@tabler/icons-react'
import { Link, Outlet, useNavigate, useParams, useRouterState } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { Empty } from '../parts/states.tsx'
import { useMe } from '../session/use-me.ts'
import { AuthorsList } from './authors-list.tsx'
import { Finder } from './finder.tsx'
import styles from './knowledge.module.css'

/** The knowledge base: the list beside the open article; on a phone one covers the other. Authors switch it to writing. */
export function KnowledgePage() {
  const { t, locale } = useWords()
  const { may } = useMe()
  const navigate = useNavigate()
  const { articleKey, articleId } = useParams({ strict: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const writing = path.startsWith('/knowledge/edit')
  const inside = articleKey !== undefined || articleId !== undefined
  return (
    <div className={styles.page} data-inside={inside}>
      <section className={styles.column} aria-label={t('help.name')}>
        <h1 className="visually-hidden">{t('help.name')}</h1>
        {may('designer', 'admin') && (
          <div className={styles.modes}>
            <SegmentedControl
              size="xs"
              fullWidth
              aria-label={t('help.mode')}
              value={writing ? 'write' : 'read'}
              onChange={(mode) => void navigate({ to: mode === 'write' ? '/knowledge/edit' : '/knowledge' })}
              data={[
                { value: 'read', label: t('help.reading') },
                { value: 'write', label: t('help.writing') },
              ]}
            />
            {writing && (
              <Button
                component={Link}
                to="/knowledge/edit/new"
                leftSection={<IconPlus size={15} />}
                variant="default"
              >
                {t('help.add')}
              </Button>
            )}
          </div>
        )}
        {writing ? (
          <AuthorsList chosen={articleId} />
        ) : (
          <Finder
            locale={locale}
            chosen={articleKey}
            onChoose={(key) =>
              void navigate({ to: '/knowledge/read/$articleKey', params: { articleKey: key } })
            }
          />
        )}
      </section>
      <main className={styles.place}>
        <Outlet />
      </main>
    </div>
  )
}

/** Before an article is chosen. */
export function NoArticle() {
  const { t } = useWords()
  return (
    <Empty title={t('help.choose')} hint={t('help.chooseHint')} icon={<IconBook2 size={32} stroke={1.2} />} />
  )
}
