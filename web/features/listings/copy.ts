import type { Category, Condition } from '@fairhold/protocol/listing/content'

export const categoryWords = {
  cameras: 'Cameras',
  bicycles: 'Bicycles',
  audio: 'Audio',
  computers: 'Computers',
  phones: 'Phones',
  home: 'Home',
  fashion: 'Fashion',
  instruments: 'Instruments',
  'books-games': 'Books & games',
  outdoor: 'Outdoor',
} satisfies Record<Category, string>

export const conditionWords = {
  new: 'New',
  'like-new': 'Like new',
  good: 'Good',
  fair: 'Fair',
  'for-parts': 'For parts',
} satisfies Record<Condition, string>

export const sortWords = {
  relevance: 'Best match',
  newest: 'Newest first',
  'price-asc': 'Price, low to high',
  'price-desc': 'Price, high to low',
} as const

export const marketCopy = {
  title: 'Buy from strangers, safely.',
  lead: 'Your money waits in a contract that nobody owns. The seller is paid when you are content.',
  points: ['Pay into the contract', 'Get it, look it over', 'Then the seller is paid'],
  search: 'Search the market',
  none: { title: 'Nothing fits', text: 'Try fewer filters or other words.' },
  empty: { title: 'The market is empty', text: 'Be the first to sell something.' },
  clear: 'Clear all filters',
  more: 'Show more',
  first: 'Back to the first page',
} as const
