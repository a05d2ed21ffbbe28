import { cx } from './cx'

/** Room for something that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx('animate-pulse rounded-xl bg-sunken motion-reduce:animate-none', className)} />
}
