'use client'

import { type ComponentProps, lazy, Suspense } from 'react'

/** Comes with a market that is narrowed down: there is nothing to save before. */
const Button = lazy(() => import('./save-search-button'))

/** Saves the search of this page, to be told of new listings at once. */
export const SaveSearchButton = (props: ComponentProps<typeof Button>) => (
  <Suspense>
    <Button {...props} />
  </Suspense>
)
