/** How the operator is called, and looks, wherever people meet it; how its network is reached. */
export const OPERATOR = {
  name: 'Отклик',
  accent: '#0F766E',
  accessPoints: { internet: 'internet', mms: 'mms' },
} as const
