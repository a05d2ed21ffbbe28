/** A hand-drawn F that is also two people and what is held between them. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="9" fill="var(--c-primary)" />
      <path
        d="M10 23V11.5A2.5 2.5 0 0 1 12.500 9H22"
        fill="none"
        stroke="var(--c-on-primary)"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path d="M10 16.500h6" fill="none" stroke="var(--c-on-primary)" strokeWidth="3" strokeLinecap="round" />
      <circle cx="21" cy="18.500" r="3.200" fill="var(--c-star)" />
    </svg>
  )
}
