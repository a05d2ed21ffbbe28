/** Where a browser keeps what was looked at. */
export const SEEN_KEY = 'fairhold.seen'
