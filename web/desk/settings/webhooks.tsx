export const Webhooks = () => null
