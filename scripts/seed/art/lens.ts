import { frontGlass, glassDefs, knurl, ringWords } from './glass.ts'
import { blurred, circle, ellipse, group, linear, n, type Picture, page, path, stroke, sweep, text, times } from './studio.ts'

const X = 800
/** How round the rims look from the camera's height: vertical over horizontal radius. */
const TILT = 0.2

const defs =
  glassDefs +
  linear(
    'black',
    '0 #050506, .12 #3c3d40, .24 #737478, .34 #2b2c2e, .6 #111113, .85 #1d1e20, .95 #3a3b3e, 1 #0a0a0b',
    [0, 0, 1, 0],
  ) +
  linear('silver', '0 #55575a, .14 #d8d9d9, .25 #ffffff, .4 #a9abac, .68 #7c7e80, .88 #c9cacb, 1 #4b4d50', [0, 0, 1, 0]) +
  linear('rubber', '0 #000, .15 #2d2e30, .25 #4a4b4e, .4 #1b1c1d, .8 #0c0c0d, 1 #000', [0, 0, 1, 0])

/** One ring of the barrel from y1 (upper rim) to y2 (lower rim), with the lower edge curving towards us. */
function ring(r1: number, r2: number, y1: number, y2: number, fill: string): string {
  const [e1, e2] = [r1 * TILT, r2 * TILT]
  return path(
    `M${X - r1} ${y1} L${X - r2} ${y2} A${r2} ${n(e2)} 0 0 0 ${X + r2} ${y2} L${X + r1} ${y1} A${r1} ${n(e1)} 0 0 1 ${X - r1} ${y1} Z`,
    fill,
  )
}

const rim = (r: number, y: number, color: string, width: number, more = '') =>
  stroke(`M${X - r} ${y} A${r} ${n(r * TILT)} 0 0 0 ${X + r} ${y}`, color, width, more)

/** Ribs of a grip: they crowd towards the sides as they do on a cylinder. */
function ribs(r: number, y1: number, y2: number, count: number): string {
  return times(count, (i) => {
    const a = ((i + 0.5) / count) * Math.PI
    const x = X - r * Math.cos(a)
    const sag = r * TILT * Math.sin(a)
    const lit = Math.max(0, 1 - Math.abs(a - 0.85) * 1.3)
    const width = Math.max(2, (r * Math.PI * Math.sin(a)) / count / 1.7)
    return (
      stroke(`M${n(x)} ${n(y1 + sag)} V${n(y2 + sag)}`, '#000', n1(width)) +
      stroke(
        `M${n(x + width * 0.7)} ${n(y1 + sag)} V${n(y2 + sag)}`,
        '#fff',
        n1(width * 0.35),
        `opacity="${(0.08 + lit * 0.4).toFixed(2)}"`,
      )
    )
  })
}

const n1 = (value: number) => Math.round(value * 10) / 10

/** Numbers engraved around a ring, read from the front. */
function scale(r: number, y: number, labels: string[], color: string, size: number): string {
  return labels
    .map((label, i) => {
      const a = Math.PI * (0.14 + (0.72 * i) / (labels.length - 1))
      const squeeze = Math.sin(a).toFixed(2)
      return `<g transform="translate(${n(X - r * Math.cos(a))} ${n(y + r * TILT * Math.sin(a))}) rotate(${n(Math.cos(a) * 11)}) scale(${squeeze} 1)">${text(0, 0, size, color, label, 'text-anchor="middle" font-weight="bold"')}</g>`
    })
    .join('')
}

function standing(): string {
  return (
    sweep('#7d8a86', '#a9b4ad', 820) +
    blurred(40, ellipse(900, 985, 380, 80, '#121a18', 'opacity=".75"')) +
    blurred(10, ellipse(812, 978, 256, 50, '#060a09', 'opacity=".8"')) +
    ring(236, 236, 905, 956, 'url(#silver)') +
    rim(236, 956, '#3a3c3e', 4) +
    ring(262, 248, 800, 905, 'url(#black)') +
    scale(256, 868, ['16', '11', '8', '5.6', '4', '2.8', '2', '1.4'], '#f2efe6', 30) +
    rim(262, 800, '#000', 6) +
    ring(262, 262, 742, 800, 'url(#silver)') +
    circle(X, 824, 9, '#d4402a') +
    scale(262, 784, ['16', '8', '4', '◆', '4', '8', '16'], '#26272a', 24) +
    ring(276, 276, 520, 742, 'url(#rubber)') +
    ribs(276, 532, 734, 62) +
    rim(276, 742, '#000', 5) +
    rim(276, 524, '#7b7c80', 3, 'opacity=".7"') +
    ring(264, 276, 452, 520, 'url(#black)') +
    scale(268, 500, ['0.45', '0.6', '0.8', '1', '1.5', '3', '∞'], '#f0b64a', 28) +
    ring(258, 262, 356, 452, 'url(#black)') +
    rim(262, 452, '#77787c', 3, 'opacity=".6"') +
    rim(258, 420, '#d9a441', 7) +
    group('', ellipse(X, 356, 258, 258 * TILT + 38, 'url(#silver)'), ellipse(X, 356, 250, 250 * TILT + 36, '#0c0c0d')) +
    group('transform="translate(800 360) scale(1 .36) translate(-800 -360)"', front(X, 360, 246))
  )
}

function front(x: number, y: number, r: number): string {
  return (
    circle(x, y, r, 'url(#glRing)') +
    circle(x, y, r * 0.9, '#0d0d0f') +
    circle(x, y, r * 0.9, 'url(#glRingInner)', 'opacity=".7"') +
    ringWords(x, y, r * 0.76, -56, r * 0.085, '#efece2', 'HALCYON 1:1.4 50mm') +
    ringWords(x, y, r * 0.76, 140, r * 0.08, '#d9a441', 'Ø 52') +
    times(4, (i) =>
      circle(x, y, r * (0.7 - i * 0.03), 'none', `stroke="#${i % 2 ? '2b2b2f' : '040405'}" stroke-width="${n(r * 0.028)}"`),
    ) +
    frontGlass(x, y, r * 0.6)
  )
}

function facing(): string {
  const [x, y] = [800, 610]
  return (
    sweep('#7d8a86', '#a9b4ad', 900) +
    blurred(40, ellipse(880, 1070, 420, 70, '#121a18', 'opacity=".75"')) +
    blurred(10, ellipse(810, 1068, 190, 20, '#060a09', 'opacity=".8"')) +
    circle(x, y, 458, '#08080a') +
    circle(x, y, 458, 'url(#glRing)') +
    knurl(x, y, 412, 456, 120, '#66676b', '#050506') +
    circle(x, y, 410, 'url(#glSteel)') +
    circle(x, y, 398, '#0a0a0b') +
    front(x, y, 396)
  )
}

/** A fast standard lens: standing on its mount, and seen from the front. */
export function lensPictures(): Picture[] {
  return [
    { name: 'lens-1', svg: page(defs, standing(), { x: 120, y: 160, width: 1360 }) },
    { name: 'lens-2', svg: page(defs, facing()) },
  ]
}
