import type { ComponentChildren } from 'preact'

/** Line icons of 24 px, in the colour of the text. */
function icon(children: ComponentChildren) {
  return ({ size = 24 }: { size?: number }) => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const HomeIcon = icon(<path d="M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z" />)
export const ServicesIcon = icon(
  <>
    <path d="M4 7h10M18 7h2M4 17h2M10 17h10" />
    <circle cx="16" cy="7" r="2" />
    <circle cx="8" cy="17" r="2" />
  </>,
)
export const MarketIcon = icon(
  <>
    <path d="M4 8h14M14 4l4 4-4 4" />
    <path d="M20 16H6M10 12l-4 4 4 4" />
  </>,
)
export const FinanceIcon = icon(
  <>
    <rect x="3" y="6" width="18" height="13" rx="2.5" />
    <path d="M3 10h18M7 15h3" />
  </>,
)
export const HelpIcon = icon(<path d="M12 4a8 8 0 1 0 4.4 14.7L20 20l-1.2-3.5A8 8 0 0 0 12 4z" />)
export const SettingsIcon = icon(
  <>
    <circle cx="12" cy="8" r="3.5" />
    <path d="M5 20c.8-3.6 3.6-5.5 7-5.5s6.2 1.9 7 5.5" />
  </>,
)
export const CloseIcon = icon(<path d="M6 6l12 12M18 6L6 18" />)
export const ChevronIcon = icon(<path d="M9 5l7 7-7 7" />)
export const BackIcon = icon(<path d="M15 5l-7 7 7 7" />)
export const WarnIcon = icon(<path d="M12 4l9 16H3zM12 10v4M12 17v.01" />)
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="M16 16l4 4" />
  </>,
)
export const OfflineIcon = icon(
  <path d="M4 4l16 16M7 18a4 4 0 0 1-.6-7.9M9 6.7A6 6 0 0 1 17.7 11 3.5 3.5 0 0 1 19 17.6" />,
)
export const ClipIcon = icon(
  <path d="M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4l7.9-7.8" />,
)
export const CameraIcon = icon(
  <>
    <path d="M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z" />
    <circle cx="12" cy="13.2" r="3.3" />
  </>,
)
export const SendIcon = icon(<path d="M12 19V5M6 11l6-6 6 6" />)
export const FileIcon = icon(
  <path d="M7 3h7l5 5v12a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5" />,
)
export const RetryIcon = icon(<path d="M20 12a8 8 0 1 1-2.6-5.9M20 4v4.5h-4.5" />)
