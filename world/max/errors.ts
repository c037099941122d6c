/** An answer of the API that is not 200: `{code, message}` with its HTTP status. */
export class MaxRefusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Wordings as the live service gives them, where public bots have shown them; the schema fixes only the shape. */
export const refusals = {
  token: () => new MaxRefusal(401, 'verify.token', 'Invalid access_token'),
  payload: (message: string) => new MaxRefusal(400, 'proto.payload', message),
  chatNotFound: (chatId: number) => new MaxRefusal(404, 'chat.not.found', `Chat ${chatId} not found`),
  dialogNotFound: () => new MaxRefusal(404, 'chat.not.found', 'dialog.not.found'),
  suspended: () => new MaxRefusal(403, 'chat.denied', 'error.dialog.suspended'),
  messageNotFound: (mid: string) => new MaxRefusal(404, 'not.found', `Message ${mid} not found`),
  notReady: () =>
    new MaxRefusal(400, 'attachment.not.ready', 'Key: errors.process.attachment.file.not.processed'),
  webhookActive: () =>
    new MaxRefusal(
      405,
      'method.not.allowed',
      'Long polling is unavailable while a webhook subscription is active',
    ),
  tooMany: () => new MaxRefusal(429, 'too.many.requests', 'Too many requests'),
}
