import { cx } from './cx'

const sizes = { sm: 'size-7 text-xs', md: 'size-10 text-sm', lg: 'size-20 text-2xl' }

/** A disc in colours drawn from the address, with the first letter of the name. */
export function Avatar({ address, name, size = 'md' }: { address: string; name?: string; size?: keyof typeof sizes }) {
  const seed = Number.parseInt(address.slice(2, 8), 16) || 0
  const hue = seed % 360
  const background = `linear-gradient(135deg, hsl(${hue} 45% 42%), hsl(${(hue + 60) % 360} 50% 30%))`
  const letter = name?.trim()[0] ?? address.slice(2, 3)
  return (
    <span
      aria-hidden="true"
      className={cx('inline-grid shrink-0 place-items-center rounded-full font-semibold text-white uppercase', sizes[size])}
      style={{ background }}
    >
      {letter}
    </span>
  )
}
