/** Days and hours are the operator's, wherever the server stands; so they are for people of whom nothing else is known. */
export const OPERATORS_ZONE = 'Europe/Moscow'
