import { Star } from 'lucide-react'
import { cx } from './cx'

/** A mean score and how many made it. */
export function Stars({ average, count }: { average: number | null; count: number }) {
  if (average === null || count === 0) return <span className="text-muted text-sm">No reviews yet</span>
  return (
    <span className="inline-flex items-center gap-1 text-sm">
      <Star aria-hidden="true" className="size-4 fill-star text-star" />
      <span className="font-semibold tabular-nums">{average.toFixed(1)}</span>
      <span className="sr-only">of 5 stars,</span>
      <span className="text-muted">
        ({count}
        <span className="sr-only"> {count === 1 ? 'review' : 'reviews'}</span>)
      </span>
    </span>
  )
}

/** Five stars of which `score` are filled. */
export function Score({ score }: { score: number }) {
  return (
    <span role="img" aria-label={`${score} of 5 stars`} className="inline-flex">
      {[1, 2, 3, 4, 5].map((star) => (
        <Star
          key={star}
          aria-hidden="true"
          className={cx('size-4', star <= score ? 'fill-star text-star' : 'text-line-strong')}
        />
      ))}
    </span>
  )
}
