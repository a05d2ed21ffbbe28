import { bevel, blurred, ellipse, group, linear, type Picture, page, path, rect, stroke, sweep, texture } from './studio.ts'

const defs =
  texture(
    'glaze',
    { fx: 0.09, fy: 0.09, color: '#4a3a22', gain: 6, bias: -4.25, octaves: 1 },
    { fx: 0.008, fy: 0.014, color: '#4f7a66', gain: 1.2, bias: -0.5 },
    { fx: 0.006, fy: 0.01, color: '#f6fff4', gain: 0.9, bias: -0.42, seed: 14 },
  ) +
  texture(
    'tray',
    { fx: 0.0025, fy: 0.07, color: '#1d0a03', gain: 2.8, bias: -1.25, octaves: 5 },
    { fx: 0.004, fy: 0.05, color: '#e0a366', gain: 1.4, bias: -0.76, seed: 12 },
  ) +
  bevel('round', 22, 22, 0.35) +
  bevel('soft', 8, 8, 0.35) +
  linear('form', '0 #000/.42, .12 #000/.1, .3 #fff/.5, .42 #fff/.12, .7 #000/.18, .92 #000/.5, 1 #000/.4', [0, 0, 1, 0]) +
  linear('tea', '0 #8a5a1c, .6 #b97d2c, 1 #d9a14b') +
  linear('rimIn', '0 #4d6b5d, 1 #b9d1c0')

const BODY = 'M560 640 C560 520 660 462 800 462 C940 462 1040 520 1040 640 C1040 780 950 868 800 868 C650 868 560 780 560 640 Z'
const SPOUT =
  'M1000 700 C1090 690 1130 640 1150 560 Q1166 500 1216 478 L1242 506 C1206 530 1206 590 1186 650 C1160 740 1090 800 1000 800 Z'

function pot(): string {
  const cane = 'M612 560 C560 250 1040 250 988 560'
  return (
    blurred(20, ellipse(840, 902, 250, 30, '#150b05', 'opacity=".85"')) +
    stroke(cane, '#5a3416', 34, 'filter="url(#dropSmall)"') +
    stroke(cane, '#c08a4a', 27) +
    stroke(cane, '#6f431c', 27, 'stroke-dasharray="3 9" opacity=".75"') +
    stroke('M622 520 C600 280 960 262 980 500', '#ffe2ad', 5, 'opacity=".5"') +
    group('filter="url(#round)"', path(SPOUT, '#a9c6b4', 'filter="url(#glaze)"')) +
    ellipse(1229, 491, 20, 12, '#30463b', 'transform="rotate(46 1229 491)"') +
    group('filter="url(#round)"', path(BODY, '#a9c6b4', 'filter="url(#glaze)"')) +
    path(BODY, 'url(#form)', 'opacity=".75"') +
    path('M676 846 Q800 872 924 846 L908 896 Q800 914 692 896 Z', '#7a563b') +
    path('M676 846 Q800 872 924 846 L908 896 Q800 914 692 896 Z', 'url(#form)') +
    group(
      'clip-path="url(#potClip)"',
      blurred(5, path('M640 520 Q690 492 742 486 L724 640 Q668 650 620 640 Q616 560 640 520 Z', '#fff', 'opacity=".62"')),
    ) +
    ellipse(800, 474, 138, 26, '#33493e', 'opacity=".7"') +
    group(
      'filter="url(#soft)"',
      path('M668 468 Q690 414 800 410 Q910 414 932 468 Q800 502 668 468 Z', '#a9c6b4', 'filter="url(#glaze)"'),
    ) +
    group('filter="url(#soft)"', ellipse(800, 398, 34, 27, '#8a6446')) +
    [616, 984].map((x) => group('filter="url(#soft)"', ellipse(x, 556, 24, 30, '#9dbba8'))).join('')
  )
}

function cup(x: number, y: number, s: number): string {
  const form = `M-112 0 C-110 92 -70 150 -48 158 L48 158 C70 150 110 92 112 0 Z`
  return group(
    `transform="translate(${x} ${y}) scale(${s})"`,
    blurred(20, ellipse(24, 164, 120, 24, '#150b05', 'opacity=".8"')),
    path('M-52 152 H52 L46 174 Q0 182 -46 174 Z', '#6f4b31'),
    group('filter="url(#soft)"', path(form, '#b3cebc', 'filter="url(#glaze)"')),
    path(form, 'url(#form)', 'opacity=".7"'),
    ellipse(0, 0, 112, 30, '#c7dccd'),
    ellipse(0, 2, 103, 25, 'url(#rimIn)'),
    ellipse(0, 10, 92, 18, 'url(#tea)'),
    ellipse(-30, 6, 30, 5, '#fff', 'opacity=".55"'),
  )
}

function steam(): string {
  return group(
    'opacity=".34"',
    blurred(
      10,
      stroke('M1330 730 C1290 640 1380 600 1330 500 C1300 430 1350 400 1330 340', '#fff', 18),
      stroke('M1372 740 C1420 660 1350 610 1390 540', '#fff', 12),
    ),
  )
}

function teaSet(): string {
  return (
    sweep('#c7b8a6', '#dccfbd', 800) +
    blurred(20, rect(150, 950, 1330, 90, 40, '#20130a', 'opacity=".65"')) +
    path('M190 850 H1410 L1500 990 H100 Z', '#7d4724', 'filter="url(#tray)"') +
    path('M190 850 H1410 L1414 862 H186 Z', '#e3b27c', 'opacity=".5"') +
    path('M100 990 H1500 V1016 Q1500 1028 1486 1028 H114 Q100 1028 100 1016 Z', '#4a2711', 'filter="url(#tray)"') +
    rect(100, 990, 1400, 5, 0, '#e3b27c', 'opacity=".6"') +
    pot() +
    cup(370, 780, 1) +
    cup(1330, 764, 0.98) +
    cup(560, 852, 0.84) +
    steam()
  )
}

/** A celadon teapot with a cane handle and three cups on a tray: whole, and the glaze close up. */
export function teaPictures(): Picture[] {
  const drawing = teaSet()
  const clip = `<clipPath id="potClip"><path d="${BODY}"/></clipPath>`
  return [
    { name: 'tea-1', svg: page(defs + clip, drawing) },
    { name: 'tea-2', svg: page(defs + clip, drawing, { x: 220, y: 430, width: 740 }) },
  ]
}
