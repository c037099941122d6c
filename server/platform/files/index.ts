/**
 * Files: attachments and whatever else is kept as bytes. A port; this adapter is a local folder of one node.
 *
 * - Encrypted at rest with a key of each file's own, sealed by the vault; read and written in pieces, so memory stays bounded.
 * - The media type is judged from the bytes; what a sender declares is never believed.
 * - Equal contents are kept once; owners are counted, in the transactions that make or end them. A file without owners is swept.
 * - First the bytes are durable (`stage`, outside any transaction), then a row refers to them (`keep`): a crash between leaves
 *   only a staged file, which the sweep removes.
 */
export type { ByteRange, Content, FileContent, Files, Staged, StoredFile } from './files.ts'
export { imageSize } from './image-size.ts'
export { type LocalFilesOptions, openLocalFiles } from './local-files.ts'
export { judgeMediaType, kindOf, type MediaKind } from './media-type.ts'
export { sendFile } from './send-file.ts'
export type { ImageSize } from './size.ts'
