/**
 * Service tokens: how other systems call the API.
 *
 * - A token's value is shown once, at its making; the table keeps its SHA-256 and a prefix to recognise it by.
 * - A token has scopes and an end, and can be revoked at once; making and revoking are in the audit.
 * - Its last use is written at most once a minute.
 */
export { authenticateService } from './authenticate.ts'
export { type Client, findClient, findClientById } from './find-client.ts'
export { serviceTokenHandlers } from './http.ts'
export { issueToken } from './issue-token.ts'
