import {
  blurred,
  circle,
  ellipse,
  group,
  linear,
  n,
  type Picture,
  page,
  path,
  radial,
  rect,
  stroke,
  sweep,
  text,
  texture,
  times,
  tube,
} from './studio.ts'

type Point = [number, number]
const REAR: Point = [390, 790]
const FRONT: Point = [1220, 790]
const CRANK: Point = [742, 846]
const SEAT: Point = [618, 440]
const HEAD: Point = [1036, 372]
const CROWN: Point = [1078, 500]

const PAINT = '0 #d9e2d2, .16 #a9bfa4, .45 #6f8f73, .8 #41604a, 1 #2c4535'
const BLACK = '0 #8a8b8e, .2 #3c3d40, .6 #17181a, 1 #2c2d2f'
const STEEL = '0 #ffffff, .3 #b9babb, .7 #6d6f71, 1 #a5a6a7'

const defs =
  radial('hub', '0 #f4f4f3, .6 #9a9c9d, 1 #4d4f51', 0.36, 0.3, 0.8) +
  linear('saddle', '0 #b87a48, .4 #8a5229, 1 #4d2912') +
  linear('bottle', '0 #2b2d30, .3 #7c7f84, .5 #3b3d41, 1 #141517', [0, 0, 1, 0]) +
  texture('hide', { fx: 0.06, fy: 0.06, color: '#2a1206', gain: 1.4, bias: -0.62 }) +
  texture(
    'wall',
    { fx: 0.006, fy: 0.008, color: '#6f5a4a', gain: 0.8, bias: -0.36 },
    { fx: 0.3, fy: 0.3, color: '#4a3a2c', gain: 0.4, bias: -0.18, octaves: 2 },
  )

function wheel([x, y]: Point): string {
  const spokes = times(28, (i) => {
    const a = (i / 28) * Math.PI * 2
    const b = a + (i % 2 ? 1.25 : -1.25)
    return stroke(
      `M${n(x + 22 * Math.cos(b))} ${n(y + 22 * Math.sin(b))} L${n(x + 244 * Math.cos(a))} ${n(y + 244 * Math.sin(a))}`,
      i % 3 ? '#8b8c8e' : '#f1f1ef',
      2,
    )
  })
  return (
    circle(x, y, 274, 'none', 'stroke="#b78d5c" stroke-width="34"') +
    circle(x, y, 281, 'none', 'stroke="#1c1a19" stroke-width="26"') +
    circle(x, y, 294, 'none', 'stroke="#1c1a19" stroke-width="8" stroke-dasharray="9 6.4"') +
    circle(x, y, 281, 'none', 'stroke="#4c4845" stroke-width="10" stroke-dasharray="7 9" opacity=".7"') +
    circle(x, y, 262, 'none', 'stroke="#d9b384" stroke-width="3" opacity=".7"') +
    circle(x, y, 251, 'none', 'stroke="#18191b" stroke-width="18"') +
    circle(x, y, 257, 'none', 'stroke="#6d6f72" stroke-width="2"') +
    circle(x, y, 243, 'none', 'stroke="#55575a" stroke-width="2.5"') +
    spokes +
    circle(x, y, 70, 'none', 'stroke="#b9babb" stroke-width="11"') +
    circle(x, y, 70, 'none', 'stroke="#55575a" stroke-width="6" stroke-dasharray="5 11"') +
    times(6, (i) => stroke(`M${x} ${y} L${n(x + 64 * Math.cos(i * 1.047))} ${n(y + 64 * Math.sin(i * 1.047))}`, '#77797b', 4)) +
    circle(x, y, 24, 'url(#hub)') +
    circle(x, y, 9, '#2b2c2e')
  )
}

const bar = (id: string, [x1, y1]: Point, [x2, y2]: Point, width: number, tones = PAINT) => tube(id, x1, y1, x2, y2, width, tones)

function frame(): string {
  return (
    bar('chainstay', REAR, CRANK, 22) +
    bar('seatstay', REAR, [628, 474], 17) +
    bar('fork', CROWN, FRONT, 26) +
    bar('seatTube', CRANK, SEAT, 38) +
    bar('topTube', [624, 462], [1046, 402], 36) +
    bar('downTube', CRANK, [1066, 466], 48) +
    bar('headTube', HEAD, CROWN, 50) +
    rect(1010, 362, 54, 10, 3, '#1b1c1e', 'transform="rotate(-18 1036 366)"') +
    circle(...CRANK, 38, '#41604a') +
    text(0, 0, 25, '#f1ead6', 'FELLROAD', 'transform="translate(742 456) rotate(-8.1)" font-weight="bold" letter-spacing="7"') +
    circle(...FRONT, 13, 'url(#hub)') +
    circle(...REAR, 15, 'url(#hub)')
  )
}

function cockpit(): string {
  const drop = 'M1130 344 C1196 338 1240 352 1236 396 C1232 446 1184 470 1120 462'
  return (
    bar('post', SEAT, [586, 336], 26, BLACK) +
    group(
      'filter="url(#dropSmall)"',
      path(
        'M470 322 C500 300 560 306 610 312 C660 316 706 312 716 320 C720 334 660 338 620 346 C580 356 520 366 486 350 C468 342 464 330 470 322 Z',
        'url(#saddle)',
        'filter="url(#hide)"',
      ),
    ) +
    stroke('M484 322 C530 308 600 318 700 320', '#eec296', 4, 'opacity=".6"') +
    stroke('M520 352 L588 344 L670 338', '#6d6f71', 6) +
    bar('stem', [1030, 358], [1132, 342], 32, BLACK) +
    stroke(drop, '#3d200e', 30) +
    stroke(drop, '#96592f', 25, 'filter="url(#hide)"') +
    stroke(drop, '#4d2912', 25, 'stroke-dasharray="2 14" opacity=".8"') +
    stroke('M1134 336 C1192 332 1226 342 1230 372', '#e6b488', 5, 'opacity=".6"') +
    path('M1200 340 C1226 300 1262 312 1256 346 C1254 366 1240 372 1224 366 Z', '#1b1c1e') +
    stroke('M1248 352 C1262 400 1258 436 1240 462', '#2b2c2e', 11) +
    stroke('M1240 330 C1190 250 1080 320 1066 430', '#17181a', 5) +
    rect(1106, 456, 18, 16, 6, '#c9cacb')
  )
}

function drivetrain(): string {
  const [x, y] = CRANK
  const [rx, ry] = REAR
  return (
    circle(rx, ry, 62, 'none', 'stroke="#55575a" stroke-width="10" stroke-dasharray="5 4"') +
    circle(rx, ry, 50, 'none', 'stroke="#a5a6a7" stroke-width="6" stroke-dasharray="5 4"') +
    circle(rx, ry, 38, 'none', 'stroke="#77797b" stroke-width="8"') +
    stroke(`M${rx} ${ry - 50} L${x} ${y - 88}`, '#2b2c2e', 8) +
    stroke(`M${rx} ${ry - 50} L${x} ${y - 88}`, '#c9cacb', 6, 'stroke-dasharray="6 5"') +
    stroke(`M${x} ${y + 88} L${rx + 40} ${ry + 136} L${rx + 8} ${ry + 96} L${rx + 30} ${ry + 56}`, '#2b2c2e', 8) +
    stroke(
      `M${x} ${y + 88} L${rx + 40} ${ry + 136} L${rx + 8} ${ry + 96} L${rx + 30} ${ry + 56}`,
      '#c9cacb',
      6,
      'stroke-dasharray="6 5"',
    ) +
    path(
      `M${rx + 4} ${ry + 20} L${rx + 30} ${ry + 96} L${rx + 46} ${ry + 140} L${rx + 20} ${ry + 146} L${rx - 6} ${ry + 90} Z`,
      '#2b2c2e',
    ) +
    circle(rx + 14, ry + 94, 17, '#17181a') +
    circle(rx + 36, ry + 138, 17, '#17181a') +
    circle(rx + 36, ry + 138, 6, '#a5a6a7') +
    circle(x, y, 88, 'none', 'stroke="#1b1c1e" stroke-width="17"') +
    circle(x, y, 94, 'none', 'stroke="#3c3d40" stroke-width="9" stroke-dasharray="6 5"') +
    times(4, (i) =>
      stroke(`M${x} ${y} L${n(x + 82 * Math.cos(i * 1.571 + 0.5))} ${n(y + 82 * Math.sin(i * 1.571 + 0.5))}`, '#2b2c2e', 17),
    ) +
    tube('crankArm', x, y, x + 136, y + 62, 28, BLACK) +
    circle(x, y, 25, 'url(#hub)') +
    circle(x + 136, y + 62, 11, 'url(#hub)') +
    group('filter="url(#dropSmall)"', rect(x + 94, y + 50, 88, 24, 7, '#222326'), rect(x + 98, y + 52, 80, 6, 3, '#6d6f71'))
  )
}

function bottle(): string {
  return group(
    'transform="translate(872 648) rotate(40.4)"',
    rect(-36, -112, 72, 176, 16, 'url(#bottle)', 'filter="url(#dropSmall)"'),
    rect(-26, -144, 52, 36, 9, '#141517'),
    rect(-10, -164, 20, 24, 5, '#c9543a'),
    rect(-36, -40, 72, 30, 0, '#c9543a', 'opacity=".85"'),
    stroke('M-40 60 V-10 H40 V60', '#b9babb', 6),
  )
}

function bicycle(): string {
  return (
    sweep('#cbb7a2', '#dfd0bd', 960) +
    rect(0, 0, 1600, 940, 0, '#cbb7a2', 'filter="url(#wall)" opacity=".55"') +
    group(
      'opacity=".3" transform="translate(60 26)"',
      blurred(
        20,
        ...[REAR, FRONT].map(([x, y]) => circle(x, y, 280, 'none', 'stroke="#3a2412" stroke-width="30"')),
        stroke(
          `M${REAR.join(' ')} L${CRANK.join(' ')} L${SEAT.join(' ')} L${HEAD.join(' ')} L${CRANK.join(' ')} M${HEAD.join(' ')} L${FRONT.join(' ')}`,
          '#3a2412',
          40,
        ),
      ),
    ) +
    blurred(20, ellipse(840, 1092, 700, 22, '#24140a', 'opacity=".55"')) +
    blurred(5, ellipse(390, 1087, 90, 9, '#120904', 'opacity=".85"'), ellipse(1220, 1087, 90, 9, '#120904', 'opacity=".85"')) +
    wheel(REAR) +
    wheel(FRONT) +
    tube('crankBack', CRANK[0], CRANK[1], CRANK[0] - 136, CRANK[1] - 62, 24, STEEL) +
    group('filter="url(#dropSmall)"', rect(CRANK[0] - 180, CRANK[1] - 74, 88, 22, 7, '#222326')) +
    frame() +
    bottle() +
    drivetrain() +
    cockpit()
  )
}

/** A sage gravel bicycle by a plastered wall: the side, the drive and the cockpit. */
export function bicyclePictures(): Picture[] {
  const drawing = bicycle()
  return [
    { name: 'bicycle-1', svg: page(defs, drawing) },
    { name: 'bicycle-2', svg: page(defs, drawing, { x: 300, y: 560, width: 760 }) },
    { name: 'bicycle-3', svg: page(defs, drawing, { x: 760, y: 200, width: 640 }) },
  ]
}
