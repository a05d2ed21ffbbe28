import {
  bevel,
  blurred,
  circle,
  group,
  linear,
  n,
  type Picture,
  page,
  path,
  radial,
  rect,
  stroke,
  surface,
  texture,
  times,
} from './studio.ts'

/** The guitar stands upright in its own coordinates: body below, head above, centre line x = 0. */
const BODY =
  'M-58 -30 C-150 -66 -252 -20 -262 92 C-268 172 -214 214 -208 270 C-204 316 -268 352 -318 440 C-378 560 -312 716 -150 752 C-50 772 50 772 150 752 C312 716 378 560 318 440 C268 352 204 316 208 270 C214 214 268 172 262 92 C252 -20 150 -66 58 -30 Z'

const defs =
  texture(
    'linen',
    { fx: 0.5, fy: 0.03, color: '#5d4a3a', gain: 0.45, bias: -0.2, octaves: 2 },
    { fx: 0.03, fy: 0.5, color: '#3d2d20', gain: 0.45, bias: -0.2, octaves: 2, seed: 8 },
    { fx: 0.004, fy: 0.004, color: '#2d1d12', gain: 0.4, bias: -0.18 },
  ) +
  texture(
    'spruce',
    { fx: 0.16, fy: 0.0018, color: '#9c5c1c', gain: 1.7, bias: -0.75, octaves: 3 },
    { fx: 0.025, fy: 0.002, color: '#c98534', gain: 1.3, bias: -0.62, octaves: 2, seed: 4 },
  ) +
  texture(
    'rosewood',
    { fx: 0.16, fy: 0.004, color: '#0c0402', gain: 3.2, bias: -1.4 },
    { fx: 0.2, fy: 0.006, color: '#9a5a38', gain: 1.6, bias: -0.84, seed: 15 },
  ) +
  texture('tortoise', { fx: 0.024, fy: 0.02, color: '#e08a30', gain: 4, bias: -2.1, octaves: 3 }) +
  bevel('round', 7, 7, 0.35) +
  linear('topWood', '0 #e9b568, .45 #f0c684, 1 #dba052', [0, 0, 1, 0]) +
  radial('burst', '0 #fff1cf/.5, .5 #e9a94f/0, .84 #8a3f0e/.1, 1 #4a1c05/.62', 0.48, 0.56, 0.56) +
  radial('hole', '0 #0b0503, .7 #190c06, 1 #3a1d0d', 0.6, 0.6, 0.6) +
  linear('neckWood', '0 #4a2513, .5 #6f3c20, 1 #3a1b0c', [0, 0, 1, 0]) +
  linear('board', '0 #2b1610, .5 #472718, 1 #22110b', [0, 0, 1, 0]) +
  linear('fret', '0 #8f8b80, .4 #fffdf2, 1 #7c786c') +
  linear('brass', '0 #fff1bd, .5 #d3a749, 1 #7d5a1c', [0, 0, 1, 1]) +
  linear('pearl', '0 #fdf6ea, .5 #cfd8d6, 1 #f3e6ee', [0, 0, 1, 1]) +
  linear('bone', '0 #fffbee, 1 #d9ccaa')

function rosette(): string {
  return (
    circle(0, 212, 108, 'none', 'stroke="#2a130a" stroke-width="4"') +
    circle(0, 212, 99, 'none', 'stroke="#efe3c8" stroke-width="2.5"') +
    circle(0, 212, 92, 'none', 'stroke="#1b0d07" stroke-width="9"') +
    circle(0, 212, 92, 'none', 'stroke="#d8ece6" stroke-width="6" stroke-dasharray="9 5"') +
    circle(0, 212, 85, 'none', 'stroke="#efe3c8" stroke-width="2.5"') +
    circle(0, 212, 77, 'url(#hole)') +
    times(5, (i) => stroke(`M${-46 + i * 4} ${266 - i} Q0 ${282 - i} ${46 - i * 4} ${266 - i}`, '#6b3d20', 2, 'opacity=".25"')) +
    circle(0, 212, 77, 'none', 'stroke="#000" stroke-width="5" stroke-opacity=".5"')
  )
}

function body(): string {
  return (
    path(BODY, '#3b1b0c') +
    group('filter="url(#round)"', path(BODY, '#6a3418')) +
    group('transform="translate(0 360) scale(.965 .972) translate(0 -360)"', path(BODY, 'url(#bone)')) +
    group(
      'transform="translate(0 360) scale(.945 .956) translate(0 -360)"',
      path(BODY, '#2a130a'),
      group(
        'transform="translate(0 360) scale(.992) translate(0 -360)"',
        path(BODY, 'url(#topWood)', 'filter="url(#spruce)"'),
        path(BODY, 'url(#burst)'),
      ),
    ) +
    group(
      'clip-path="url(#bodyClip)"',
      blurred(40, path('M-300 60 C-160 160 -240 420 -330 560 L-420 300 Z', '#fff', 'opacity=".4"')),
    ) +
    path(
      'M78 256 C96 300 150 330 164 396 C172 438 120 470 84 420 C66 392 52 330 44 290 C60 284 72 272 78 256 Z',
      '#54200b',
      'filter="url(#tortoise)"',
    ) +
    path(
      'M78 256 C96 300 150 330 164 396 C172 438 120 470 84 420 C66 392 52 330 44 290 C60 284 72 272 78 256 Z',
      'none',
      'stroke="#2b0f04" stroke-width="2"',
    ) +
    rosette() +
    group(
      'filter="url(#dropSmall)"',
      path(
        'M-132 520 Q-120 506 -84 508 L84 508 Q120 506 132 520 L136 540 Q100 548 62 566 L-62 566 Q-100 548 -136 540 Z',
        'url(#board)',
        'filter="url(#rosewood)"',
      ),
    ) +
    group('filter="url(#dropSmall)"', rect(-66, 518, 132, 8, 3, 'url(#bone)'))
  )
}

const FRETS = Array.from({ length: 19 }, (_, index) => -560 + 1083 * (1 - 2 ** (-(index + 1) / 12)))

function neck(): string {
  const half = (y: number) => 34 + ((y + 560) / 690) * 10
  return (
    group('filter="url(#drop)"', path(`M${-34} -566 L34 -566 L46 132 L-46 132 Z`, 'url(#neckWood)')) +
    path('M-34 -562 L34 -562 L44 134 Q0 142 -44 134 Z', 'url(#board)', 'filter="url(#rosewood)"') +
    stroke('M-33 -560 L-43 132', '#efe3c8', 2.5) +
    stroke('M33 -560 L43 132', '#efe3c8', 2.5) +
    FRETS.filter((y) => y < 126)
      .map((y) => rect(-half(y), y - 2, half(y) * 2, 4.4, 2, 'url(#fret)'))
      .join('') +
    [2, 4, 6, 8, 14, 16].map((i) => circle(0, ((FRETS[i - 1] ?? -560) + (FRETS[i] ?? 0)) / 2, 6.5, 'url(#pearl)')).join('') +
    [-15, 15].map((x) => circle(x, ((FRETS[10] ?? 0) + (FRETS[11] ?? 0)) / 2, 6.5, 'url(#pearl)')).join('') +
    rect(-36, -569, 72, 10, 3, 'url(#bone)')
  )
}

function head(): string {
  const tuner = (side: number, y: number) =>
    group(
      'filter="url(#dropSmall)"',
      rect(side > 0 ? 52 : -86, y - 4, 34, 8, 3, 'url(#brass)'),
      rect(side > 0 ? 78 : -106, y - 15, 28, 30, 10, 'url(#bone)'),
    ) + group('filter="url(#dropSmall)"', circle(side * 34, y, 13, 'url(#brass)'), circle(side * 34, y, 6, '#7d5a1c'))
  const d =
    'M-36 -566 L-58 -620 L-66 -800 Q-66 -816 -50 -820 Q-20 -806 0 -826 Q20 -806 50 -820 Q66 -816 66 -800 L58 -620 L36 -566 Z'
  return (
    group('filter="url(#drop)"', path(d, '#2c150b')) +
    group('filter="url(#round)"', path(d, '#57301a', 'filter="url(#rosewood)"')) +
    [-652, -710, -768].map((y) => tuner(-1, y) + tuner(1, y)).join('') +
    path('M0 -796 L12 -776 L0 -740 L-12 -776 Z', 'url(#pearl)')
  )
}

function strings(): string {
  return times(6, (i) => {
    const [x1, x2] = [-26 + i * 10.4, -54 + i * 21.6]
    const post = [-34, -34, -34, 34, 34, 34][i] ?? 0
    const py = [-652, -710, -768, -768, -710, -652][i] ?? 0
    const width = 4 - i * 0.45
    return (
      stroke(`M${x1} -562 L${x2} 522`, '#000', width, 'opacity=".35" transform="translate(4 5)"') +
      stroke(`M${post} ${py} L${x1} -562 L${x2} 522`, i < 3 ? '#b98a44' : '#d7d7d3', width) +
      stroke(`M${n(x1 - 0.6)} -562 L${n(x2 - 0.6)} 522`, '#fff8e0', 0.9, 'opacity=".9"') +
      circle(x2, 540, 8, '#f4ead0') +
      circle(x2, 540, 3, '#2a130a')
    )
  })
}

function guitar(): string {
  const whole = body() + neck() + head() + strings()
  const place = 'transform="translate(625 690) rotate(58) scale(.93) translate(0 -290)"'
  return (
    surface('#b7a28b', 'linen') +
    group(
      'transform="translate(34 56)" opacity=".55"',
      blurred(20, group(place, path(BODY, '#1b0e06'), rect(-40, -820, 80, 900, 20, '#1b0e06'))),
    ) +
    group('transform="translate(10 16)" opacity=".5"', blurred(10, group(place, path(BODY, '#1b0e06')))) +
    group(place, whole)
  )
}

/** A steel-string guitar with a spruce top lying on linen: whole, and the rosette close up. */
export function guitarPictures(): Picture[] {
  const drawing = guitar()
  const clip = `<clipPath id="bodyClip"><path d="${BODY}"/></clipPath>`
  return [
    { name: 'guitar-1', svg: page(defs + clip, drawing) },
    { name: 'guitar-2', svg: page(defs + clip, drawing, { x: 330, y: 380, width: 680 }) },
  ]
}
