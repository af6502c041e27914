// The signs on the controls: strokes, as everywhere.
const paths = {
  microphone: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM5 11a7 7 0 0 0 14 0M12 18v3',
  muted: 'M9 5.2A3 3 0 0 1 15 6v5M9 9v3a3 3 0 0 0 4.6 2.5M5 11a7 7 0 0 0 11 5.7M19 11a7 7 0 0 1-.4 2.3M12 18v3M4 4l16 16',
  camera: 'M4 7h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2ZM15 11l6-3.5v9L15 13',
  'camera-off': 'M8 7h5a2 2 0 0 1 2 2v4M15 15a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2M15 11l6-3.5v9l-3-1.7M4 3l16 18',
  hand: 'M7 12V6.5a1.5 1.5 0 0 1 3 0V11M10 11V4.5a1.5 1.5 0 0 1 3 0V11M13 11V5.5a1.5 1.5 0 0 1 3 0V12M16 12V8.5a1.5 1.5 0 0 1 3 0V14a7 7 0 0 1-7 7c-3 0-4.5-1.4-6-4l-2.3-4a1.5 1.5 0 0 1 2.6-1.5L7 13',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  screen: 'M3 5h18v11H3ZM9 20h6M12 16v4M12 13V8M9.5 10.5 12 8l2.5 2.5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  leave: 'M3 14c5-4.5 13-4.5 18 0l-2.6 2.6-3.4-1.7v-2.4a13 13 0 0 0-6 0v2.4l-3.4 1.7Z',
} as const
export type Sign = keyof typeof paths

export const Icon = ({ of }: { of: Sign }) => (
  <svg
    className="icon"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={of === 'more' ? 3 : 1.75}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    <path d={paths[of]} />
  </svg>
)
