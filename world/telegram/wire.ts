/** The objects of the Telegram Bot API 10.1 that leave this stand-in. Times are Unix seconds, as everywhere in it. */
export interface TgUser {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}

export interface TgChat {
  id: number
  type: 'private'
  first_name: string
  last_name?: string
}

export interface TgFile {
  file_id: string
  file_unique_id: string
  file_size: number
}
export type TgPhotoSize = TgFile & { width: number; height: number }
export type TgDocument = TgFile & { file_name: string; mime_type: string }
export type TgVoice = TgFile & { duration: number; mime_type: string }
export type TgVideo = TgFile & {
  width: number
  height: number
  duration: number
  mime_type: string
  file_name: string
}

export interface TgInlineButton {
  text: string
  url?: string | undefined
  callback_data?: string | undefined
}
export interface TgReplyButton {
  text: string
  request_contact?: boolean | undefined
  request_location?: boolean | undefined
}

/** What a message carries besides its head; exactly one kind. */
export interface TgContent {
  text?: string
  entities?: { type: string; offset: number; length: number }[]
  caption?: string
  photo?: TgPhotoSize[]
  document?: TgDocument
  voice?: TgVoice
  video?: TgVideo
  location?: { latitude: number; longitude: number }
  contact?: { phone_number: string; first_name: string; last_name?: string; user_id?: number; vcard?: string }
  media_group_id?: string
}

export type TgMessage = TgContent & {
  message_id: number
  from: TgUser
  chat: TgChat
  date: number
  edit_date?: number
  reply_to_message?: TgMessage
  reply_markup?: { inline_keyboard: TgInlineButton[][] }
}

export type TgMember = { user: TgUser } & ({ status: 'member' } | { status: 'kicked'; until_date: number })

export type TgEvent =
  | { message: TgMessage }
  | { edited_message: TgMessage }
  | { callback_query: { id: string; from: TgUser; message: TgMessage; chat_instance: string; data: string } }
  | {
      my_chat_member: {
        chat: TgChat
        from: TgUser
        date: number
        old_chat_member: TgMember
        new_chat_member: TgMember
      }
    }
export type TgUpdate = { update_id: number } & TgEvent
