/** The objects of the MAX Bot API that leave this stand-in (OpenAPI 0.0.32, schemas of the same names). */
export interface MaxUser {
  user_id: number
  first_name: string
  last_name: string | null
  username: string | null
  name: string
  is_bot: boolean
  /** Milliseconds, as every time of this API. */
  last_activity_time: number
}

export type MaxButton =
  | { type: 'callback'; text: string; payload: string }
  | { type: 'link'; text: string; url: string }
  | { type: 'request_contact'; text: string }
  | { type: 'request_geo_location'; text: string; quick?: boolean | undefined }
  | { type: 'message'; text: string }
  | { type: 'open_app'; text: string }
  | { type: 'clipboard'; text: string; payload: string }

export type MaxAttachment =
  | { type: 'image'; payload: { photo_id: number; token: string; url: string } }
  | { type: 'video'; payload: { token: string; url: string }; width: number | null; height: number | null }
  | { type: 'audio'; payload: { token: string; url: string }; transcription: string | null }
  | { type: 'file'; payload: { token: string; url: string }; filename: string; size: number }
  | { type: 'contact'; payload: { vcf_info: string; hash: string | null; max_info: MaxUser | null } }
  | { type: 'location'; latitude: number; longitude: number }
  | { type: 'inline_keyboard'; payload: { buttons: MaxButton[][] } }

export interface MaxMessageBody {
  mid: string
  seq: number
  text: string | null
  attachments: MaxAttachment[] | null
}

export interface MaxMessage {
  sender: MaxUser
  recipient: { chat_id: number; chat_type: 'dialog'; user_id: number }
  timestamp: number
  link?: { type: 'reply' | 'forward'; sender: MaxUser; chat_id: number; message: MaxMessageBody }
  body: MaxMessageBody
}

export type MaxUpdate = { timestamp: number; user_locale?: string } & (
  | { update_type: 'message_created' | 'message_edited'; message: MaxMessage }
  | { update_type: 'message_removed'; message_id: string; chat_id: number; user_id: number }
  | {
      update_type: 'message_callback'
      callback: { timestamp: number; callback_id: string; payload: string; user: MaxUser }
      message: MaxMessage | null
    }
  | { update_type: 'bot_started'; chat_id: number; user: MaxUser; payload: string | null }
  | { update_type: 'bot_stopped' | 'dialog_removed'; chat_id: number; user: MaxUser }
)
