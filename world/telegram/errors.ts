/** `{ok:false,error_code,description,parameters}`: the API's answer to what it will not do. */
export class TelegramRefusal extends Error {
  readonly code: number
  readonly retryAfterS: number | undefined
  constructor(code: number, description: string, retryAfterS?: number) {
    super(description)
    this.code = code
    this.retryAfterS = retryAfterS
  }
}

export const bad = (what: string): TelegramRefusal => new TelegramRefusal(400, `Bad Request: ${what}`)

/** Descriptions as the real server words them; clients in the field match on them. */
export const refusals = {
  unauthorized: () => new TelegramRefusal(401, 'Unauthorized'),
  notFound: () => new TelegramRefusal(404, 'Not Found'),
  blocked: () => new TelegramRefusal(403, 'Forbidden: bot was blocked by the user'),
  tooMany: (retryAfterS: number) =>
    new TelegramRefusal(429, `Too Many Requests: retry after ${retryAfterS}`, retryAfterS),
  webhookActive: () =>
    new TelegramRefusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
  otherPoll: () =>
    new TelegramRefusal(
      409,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    ),
}
