import { z } from 'zod'
import { Attachment } from './entries.ts'
import { IdParam } from './primitives.ts'
import type { Contract } from './route.ts'

export const attachments = {
  uploadAttachment: {
    method: 'POST',
    path: '/api/v1/attachments',
    summary:
      'Upload one file (multipart, field `file`) to send it with a message; unused ones go after a day',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'natural',
    response: Attachment,
    raw: 'upload',
    errors: ['attachment_too_large', 'attachment_not_allowed'],
  },
  downloadAttachment: {
    method: 'GET',
    path: '/api/v1/attachments/:id',
    summary: 'The bytes; images, audio and video may be shown in place, all else is a download',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found', 'need_to_know', 'erased'],
  },
} as const satisfies Contract
