import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useWords } from '../app/words.ts'
import { topicPath, topicsQuery } from '../data/knowledge.ts'

/** The topic tree, searchable by any word of a path. */
export function TopicField({
  value,
  onChange,
  focused = false,
}: {
  value: string | null
  onChange: (id: string | null) => void
  focused?: boolean
}) {
  const { t, locale } = useWords()
  const tree = useQuery(topicsQuery).data?.topics ?? []
  const data = tree
    .filter((one) => !one.retired || one.id === value)
    .map(({ id }) => ({ value: id, label: topicPath(tree, id, locale) }))
  return (
    <Select
      label={t('topic.label')}
      placeholder={t('topic.placeholder')}
      searchable
      // Focused with the dialog: an open list would cover the button that ends it.
      openOnFocus={false}
      // Whoever types a word and presses Enter means the topic that is shown first.
      selectFirstOptionOnChange
      clearable
      data={data}
      value={value}
      onChange={onChange}
      nothingFoundMessage={t('topic.nothing')}
      maxDropdownHeight={260}
      {...(focused && { 'data-autofocus': true })}
    />
  )
}
