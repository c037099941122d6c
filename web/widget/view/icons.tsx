const Icon = ({ path }: { path: string }) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
)

export const CloseIcon = () => <Icon path="M6 6l12 12M18 6L6 18" />
export const BackIcon = () => <Icon path="M14.5 5L7.5 12l7 7" />
export const SendIcon = () => <Icon path="M12 19V5M5.5 11.5L12 5l6.5 6.5" />
export const ClipIcon = () => (
  <Icon path="M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.4a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5" />
)
export const FileIcon = () => <Icon path="M7 3h7l4 4v14H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v4h4" />
export const DownIcon = () => <Icon path="M12 5v14M6 13l6 6 6-6" />
export const WarnIcon = () => <Icon path="M12 4l9 16H3zM12 10v4M12 17v.2" />
export const ClockIcon = () => <Icon path="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2" />
