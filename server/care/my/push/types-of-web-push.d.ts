// What we use of web-push 3.6: it carries no types of its own.
// biome-ignore lint/correctness/noUnresolvedImports: the package is found by its `main`, which Biome does not read
declare module 'web-push' {
  interface Keys {
    readonly publicKey: string
    readonly privateKey: string
  }
  interface PushSubscription {
    readonly endpoint: string
    readonly keys: { readonly p256dh: string; readonly auth: string }
  }
  interface RequestOptions {
    readonly vapidDetails: Keys & { readonly subject: string }
    readonly TTL: number
    readonly urgency: 'very-low' | 'low' | 'normal' | 'high'
    /** Of several waiting knocks with one topic the push service keeps the last. */
    readonly topic: string
  }
  const webPush: {
    generateVAPIDKeys(): Keys
    generateRequestDetails(
      subscription: PushSubscription,
      payload: string,
      options: RequestOptions,
    ): {
      readonly endpoint: string
      readonly headers: Readonly<Record<string, string | number>>
      readonly body: Buffer
    }
  }
  export = webPush
}
