import { Button, Group } from '@mantine/core'
import { type SubscriberCard, subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { sayProblem } from '../parts/say.ts'
import styles from './card.module.css'
import { refreshPerson } from './refresh-person.ts'

/** People who may be the same one; a person decides. */
export function Suggestions({ card }: { card: SubscriberCard }) {
  const { t } = useWords()
  const own = card.contactPoints[0]
  const run = (act: Promise<unknown>) => void act.then(refreshPerson, sayProblem)
  return (
    <>
      <h4 className={styles.head}>{t('card.suggestions')}</h4>
      <ul className={styles.list}>
        {card.suggestions.map((one) => {
          const why = one.likeness.map((like) => t(`likeness.${like}`)).join(', ')
          const accept = () =>
            own &&
            run(
              call(subscribers.linkContactPoint, {
                params: { id: one.contactPointId },
                body: { toContactPointId: own.id, reason: why },
              }),
            )
          return (
            <li key={one.id} className={styles.suggestion}>
              {one.name} · {t(`channel.${one.channel}`)}
              <div className={styles.small}>{why}</div>
              <Group gap={4} mt={6}>
                <Button size="compact-xs" variant="light" onClick={accept}>
                  {t('suggestion.accept')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  onClick={() => run(call(subscribers.dismissSuggestion, { params: { id: one.id } }))}
                >
                  {t('suggestion.dismiss')}
                </Button>
              </Group>
            </li>
          )
        })}
      </ul>
    </>
  )
}
