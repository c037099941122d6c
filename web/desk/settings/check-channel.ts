import { type ChannelAccount, channels } from '../../../contracts/channels.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'

/** Tries a door, and has the list say what came of it. */
export async function checkChannel({ id }: ChannelAccount): Promise<ChannelAccount['health']> {
  try {
    return await call(channels.checkChannelAccount, { params: { id } })
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['channel-accounts'] })
  }
}
