import type { JSX } from 'preact';

/** The picture beside a place's name. */
export function PlaceIcon({ path }: { path: string }) {
  return (
    <svg
      class="icon"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {PICTURES[path]}
    </svg>
  );
}

const PICTURES: Readonly<Record<string, JSX.Element>> = {
  '/': <path d="M3 14.5h14l-2 3H5ZM10 2.5v9.5M10 4l5 7.5h-5M8 6.5 5 11.5h3" />,
  '/tasks': <path d="M3 5.2 4.4 6.6 7 4M10 5.5h7M3 13.2l1.4 1.4L7 12M10 13.5h7" />,
  '/messages': <path d="M3 4h14v10H9l-4 3v-3H3Z" />,
  '/programs': <path d="M4 6.5h12v9H4ZM10 3v3.5M7.5 10.5v1.5M12.5 10.5v1.5" />,
  '/charts': <path d="M3 16.5h14M4 12.5l4-4.5 3.5 3L16.5 5" />,
  '/settings/keys': <path d="M9.5 10.5 16.5 3.5M13.5 6.5l2 2M7 16a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z" />,
  '/settings/members': (
    <path d="M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2 17c0-3 2.2-5 5-5s5 2 5 5M13 3.4a3 3 0 0 1 0 5.3M15 12.6c1.8.8 3 2.3 3 4.4" />
  ),
  '/settings/webhooks': <path d="M8.5 7.5 6 12M9.5 8.5a3 3 0 1 1 3-4M13 14a3 3 0 1 1-.6-3.2M7.5 14h5.5" />,
  '/settings/account': <path d="M3 6h14M3 10h14M3 14h14M7 4v4M13 8v4M9 12v4" />,
  more: <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" stroke-width="2.8" />,
};
