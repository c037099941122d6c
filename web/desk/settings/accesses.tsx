export const Accesses = () => null
