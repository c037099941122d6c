import type { containmentRu } from './containment-ru.ts'
import type { Translated } from './words.ts'

export const containmentEn: Translated<typeof containmentRu> = {
  name: 'The assistant: solved without people',
  hint: 'Three numbers side by side, because none of them tells the truth alone. Who left without an agent need not have been helped.',
  period: 'Over how many days',
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  empty: 'Nobody turned to the assistant in this time',
  emptyHint:
    'What it solved by itself will be seen here. It answers in the channels where it is switched on.',
  emptyAsk: 'What it solved by itself will be seen here. An administrator switches it on under Channels.',
  toChannels: 'Open channels',
  withoutAgent: { title: 'Without an agent', short: 'No agent', what: 'Nobody of the staff took part' },
  done: { title: 'Task done', short: 'Done', what: 'The assistant completed what they came for' },
  containedDay: {
    title: 'Contained, 24 hours',
    short: 'Contained, 24 h',
    what: 'Done, without an agent, and the person did not come back on the topic within a day, on any channel',
  },
  containedWeek: { title: 'Contained, 7 days', short: 'Contained, 7 d', what: 'The same within a week' },
  of_one: '{{part}} of {{count}} visit',
  of_other: '{{part}} of {{count}} visits',
  notKnown: 'will be known when the time has passed',
  noSuccess:
    'No success: left in the middle {{abandoned}}, asked for a person {{asked}}, went on to people for another reason {{handedOver}}.',
  version: 'Definition of the numbers: version {{version}}.',
  byDay: 'By day',
  legend: 'height: visits; filled: contained for 24 hours',
  asTable: 'As a table',
  day: 'Day',
  visits: 'Visits',
  abandoned: 'Left in the middle',
  asked: 'Asked for a person',
  by: {
    name: 'By',
    flow: 'Flow',
    node: 'Step where it ended',
    channel: 'Channel',
    intent: 'What was wanted',
  },
  break: {
    definition: '{{day}}: the definition changed (version {{from}} → {{to}}). Do not compare across it.',
    flow: '{{day}}: what counts as done in “{{flow}}” changed (version {{from}} → {{to}}). Do not compare across it.',
  },
}
