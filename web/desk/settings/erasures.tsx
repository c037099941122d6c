export const Erasures = () => null
