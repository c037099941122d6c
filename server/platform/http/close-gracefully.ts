import type { FastifyInstance } from 'fastify'

/** Accepts nothing new, lets requests under way be answered, and after so many milliseconds cuts what is left. */
export async function closeGracefully(
  app: FastifyInstance,
  { withinMs }: { withinMs: number },
): Promise<void> {
  const cut = setTimeout(() => {
    // Sockets that were upgraded (live connections) are closed by their own plugin.
    if ('closeAllConnections' in app.server) app.server.closeAllConnections()
  }, withinMs)
  try {
    await app.close()
  } finally {
    clearTimeout(cut)
  }
}
