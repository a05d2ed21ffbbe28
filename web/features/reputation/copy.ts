/** Every word of reviewing. */
export const reviewCopy = {
  title: 'Reviews',
  hint: 'Sealed until both sides have written theirs, or until seven days after the end of the deal.',
  byBuyer: 'The buyer about the seller',
  bySeller: 'The seller about the buyer',
  sealed: 'Sealed',
  opens: (when: string) => `It is published as soon as both are in, else after ${when} UTC.`,
  closed: 'The time to review this deal is over.',
  label: 'Your review',
  labelHint: 'It cannot be changed later, and nobody can read it before theirs is in.',
  legend: 'How was it?',
  missing: 'Choose one to five stars.',
  button: 'Seal the review',
  free: 'You sign twice, which costs nothing: for both reviews to be published together, and for yours to count if theirs never comes.',
  steps: {
    first: 'Waiting for the first of two signatures…',
    second: 'Waiting for the second signature…',
    sending: 'Sealing it…',
  },
} as const
