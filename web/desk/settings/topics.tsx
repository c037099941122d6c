export const Topics = () => null
