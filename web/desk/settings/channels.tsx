export const Channels = () => null
