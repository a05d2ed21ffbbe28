import { SavedBadge } from '@/features/discovery/saved-badge'

/**
 * What modules show in the header of every page beside the account: icons with a count, made of `BadgeLink`. They are on the market
 * and on listings too, so a client component here has to be small: no query cache, no wallet code (see web/README.md).
 */
export function HeaderSlots() {
  return <SavedBadge />
}
