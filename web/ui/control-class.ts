/** How a field looks that one writes into or chooses in. */
export const controlClass =
  'w-full min-h-11 rounded-xl border border-line-strong bg-field px-3.5 text-base text-ink placeholder:text-muted aria-[invalid=true]:border-danger disabled:opacity-60'
