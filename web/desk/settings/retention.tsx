export const Retention = () => null
