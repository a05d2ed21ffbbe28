import { Row, Shelf } from './shelf'

// Written out: Tailwind finds class names in the source.
const colours = [
  { name: 'page', className: 'bg-page' },
  { name: 'surface', className: 'bg-surface' },
  { name: 'sunken', className: 'bg-sunken' },
  { name: 'field', className: 'bg-field' },
  { name: 'ink', className: 'bg-ink' },
  { name: 'muted', className: 'bg-muted' },
  { name: 'line', className: 'bg-line' },
  { name: 'line-strong', className: 'bg-line-strong' },
  { name: 'primary', className: 'bg-primary' },
  { name: 'primary-soft', className: 'bg-primary-soft' },
  { name: 'accent', className: 'bg-accent' },
  { name: 'star', className: 'bg-star' },
  { name: 'info', className: 'bg-info' },
  { name: 'success', className: 'bg-success' },
  { name: 'warning', className: 'bg-warning' },
  { name: 'danger', className: 'bg-danger' },
]
const types = [
  { name: 'display', className: 'font-semibold text-display' },
  { name: 'title', className: 'font-semibold text-title' },
  { name: 'section', className: 'font-semibold text-section' },
  { name: 'body', className: 'text-base' },
  { name: 'small', className: 'text-sm' },
  { name: 'smallest', className: 'text-muted text-xs' },
]
const depths = [
  { name: 'card', className: 'shadow-card' },
  { name: 'raised', className: 'shadow-raised' },
  { name: 'pop', className: 'shadow-pop' },
]
const corners = [
  { name: 'control', className: 'rounded-control' },
  { name: 'card', className: 'rounded-card' },
  { name: 'panel', className: 'rounded-panel' },
]

/** Colours, type, depth, corners. */
export function Foundations() {
  return (
    <Shelf name="Foundations">
      <ul className="grid grid-cols-4 gap-2 sm:grid-cols-8">
        {colours.map(({ name, className }) => (
          <li key={name} className="text-center text-xs">
            <span className={`block h-10 rounded-lg border border-line ${className}`} />
            {name}
          </li>
        ))}
      </ul>
      <ul className="flex flex-col gap-1">
        {types.map(({ name, className }) => (
          <li key={name} className={className}>
            {name}: fair and held
          </li>
        ))}
      </ul>
      <Row>
        {depths.map(({ name, className }) => (
          <span key={name} className={`grid h-16 w-24 place-items-center rounded-card bg-surface text-sm ${className}`}>
            {name}
          </span>
        ))}
        {corners.map(({ name, className }) => (
          <span key={name} className={`grid h-16 w-24 place-items-center border border-line-strong text-sm ${className}`}>
            {name}
          </span>
        ))}
      </Row>
    </Shelf>
  )
}
