import { z } from 'zod'

const Words = z.string().max(1_000).optional()

/** What somebody reads who has opened a door and written nothing yet, as it stands in the settings of the door; absent: nothing. */
export const Greeting = z.object({ ru: Words, en: Words }).optional()
export type Greeting = z.infer<typeof Greeting>
