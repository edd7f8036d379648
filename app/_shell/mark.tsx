// The sign of the application: a list where one name did not answer.
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g className="fill-none stroke-on-accent" strokeLinecap="round">
        <path d="M7 9.5h11M7 16h11M7 22.5h7" strokeWidth="2.6" />
        <circle cx="22" cy="22.5" r="2.6" strokeWidth="1.8" strokeDasharray="2 1.6" />
      </g>
      <g className="fill-on-accent">
        <circle cx="23.5" cy="9.5" r="2.2" />
        <circle cx="23.5" cy="16" r="2.2" />
      </g>
    </svg>
  )
}
