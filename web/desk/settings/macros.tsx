export const Macros = () => null
