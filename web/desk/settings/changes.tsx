export const Changes = () => null
