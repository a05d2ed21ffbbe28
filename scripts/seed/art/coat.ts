import {
  bevel,
  blurred,
  circle,
  group,
  linear,
  type Picture,
  page,
  path,
  radial,
  rect,
  stroke,
  texture,
  times,
} from './studio.ts'

const BODY =
  'M600 300 C560 330 540 350 528 380 L520 560 C512 760 486 940 470 1120 Q640 1150 800 1140 Q960 1150 1130 1120 C1114 940 1088 760 1080 560 L1072 380 C1060 350 1040 330 1000 300 L880 262 H720 Z'
const LEFT = 'M600 300 C540 320 500 350 480 420 C436 600 402 840 392 1034 Q440 1062 504 1050 C518 880 538 700 556 520 L590 360 Z'
const RIGHT =
  'M1000 300 C1060 320 1100 350 1120 420 C1164 600 1198 840 1208 1034 Q1160 1062 1096 1050 C1082 880 1062 700 1044 520 L1010 360 Z'

const defs =
  texture(
    'wool',
    { fx: 0.35, fy: 0.35, color: '#3f2008', gain: 0.9, bias: -0.4, octaves: 3 },
    { fx: 0.3, fy: 0.3, color: '#ffe3bb', gain: 0.8, bias: -0.4, octaves: 3, seed: 19 },
    { fx: 0.012, fy: 0.006, color: '#3f2008', gain: 0.8, bias: -0.36, seed: 5 },
  ) +
  texture(
    'plaster',
    { fx: 0.006, fy: 0.006, color: '#5a6460', gain: 0.5, bias: -0.22 },
    { fx: 0.4, fy: 0.4, color: '#2f3835', gain: 0.35, bias: -0.16, octaves: 2 },
  ) +
  texture('beech', { fx: 0.01, fy: 0.1, color: '#6d3f17', gain: 1.6, bias: -0.72 }) +
  bevel('cloth', 12, 9, 0.08) +
  bevel('soft', 5, 4, 0.1) +
  linear('sleeveL', '0 #000/.28, .35 #fff/.14, 1 #000/.4', [0, 0, 1, 0]) +
  linear('sleeveR', '0 #000/.4, .5 #000/.05, 1 #000/.45', [0, 0, 1, 0]) +
  linear('torso', '0 #000/.3, .2 #fff/.1, .46 #000/.05, .52 #000/.22, .75 #000/.04, 1 #000/.42', [0, 0, 1, 0]) +
  radial('horn', '0 #8a5a32, .6 #4d2c14, 1 #21110a', 0.36, 0.3, 0.8) +
  linear('lining', '0 #4a1e22, 1 #7a3236') +
  linear('brass', '0 #fbe7a8, .5 #c99a3f, 1 #6d4a12', [0, 0, 1, 1])

const piece = (d: string, tone = '#b98552') => group('filter="url(#cloth)"', path(d, tone, 'filter="url(#wool)"'))

function hanger(): string {
  return (
    group('filter="url(#drop)"', rect(700, 60, 200, 40, 8, '#8a5a2c', 'filter="url(#beech)"')) +
    circle(800, 84, 17, 'url(#brass)') +
    stroke('M800 250 V196 C800 170 842 170 842 140 C842 104 790 104 784 136', '#5a4416', 11, 'filter="url(#dropSmall)"') +
    stroke('M800 250 V196 C800 170 842 170 842 140 C842 104 790 104 784 136', '#d9b25a', 7) +
    path(
      'M590 330 Q680 262 770 240 Q800 232 830 240 Q920 262 1010 330 L1000 344 Q900 290 800 288 Q700 290 600 344 Z',
      '#c08a4a',
      'filter="url(#beech)"',
    )
  )
}

function folds(): string {
  const fold = (d: string, color: string, width: number, opacity: number) => stroke(d, color, width, `opacity="${opacity}"`)
  return group(
    'clip-path="url(#bodyClip)"',
    blurred(
      20,
      fold('M560 420 C580 640 560 900 540 1140', '#1c0d04', 34, 0.35),
      fold('M620 620 C640 800 630 980 620 1150', '#fff0d6', 36, 0.3),
      fold('M700 720 C706 880 690 1040 690 1150', '#1c0d04', 30, 0.32),
      fold('M900 660 C910 860 930 1040 930 1150', '#fff0d6', 40, 0.24),
      fold('M980 620 C990 820 1010 1000 1016 1150', '#1c0d04', 36, 0.36),
      fold('M1050 420 C1056 640 1080 900 1100 1140', '#1c0d04', 44, 0.36),
    ),
  )
}

function collar(): string {
  const left = 'M716 262 C690 280 660 296 640 330 L616 430 L690 452 L664 486 L804 700 C790 560 770 430 760 330 Z'
  const right = 'M884 262 C910 280 940 296 960 330 L984 430 L910 452 L936 486 L820 706 C820 560 836 430 840 330 Z'
  const lift = 'filter="url(#drop)"'
  return (
    path('M720 262 H880 L838 380 L812 560 L770 380 Z', 'url(#lining)') +
    rect(764, 296, 72, 40, 4, '#efe3cb') +
    stroke('M776 316 H824', '#7a3236', 3) +
    path('M764 330 L812 640 L838 330 Q800 356 764 330 Z', '#000', 'opacity=".35"') +
    group(lift, piece(right, '#bd8957')) +
    group(lift, piece(left, '#c28e5b')) +
    stroke('M690 452 L616 430', '#4d2c10', 3, 'opacity=".6"') +
    stroke('M910 452 L984 430', '#4d2c10', 3, 'opacity=".6"')
  )
}

const button = (x: number, y: number) =>
  group('filter="url(#dropSmall)"', circle(x, y, 23, 'url(#horn)')) +
  circle(x, y, 16, 'none', 'stroke="#2b160a" stroke-width="3" opacity=".8"') +
  [
    [-5, -5],
    [5, -5],
    [-5, 5],
    [5, 5],
  ]
    .map(([dx = 0, dy = 0]) => circle(x + dx, y + dy, 2.8, '#140a05'))
    .join('')

function details(): string {
  const seam = 'M816 700 C812 860 806 1000 800 1140'
  return (
    stroke(seam, '#2b1506', 7, 'opacity=".5" filter="url(#blur5)" transform="translate(5 0)"') +
    stroke(seam, '#4d2c10', 3, 'opacity=".8"') +
    stroke('M790 704 C788 860 780 1000 774 1140', '#6d4320', 2, 'stroke-dasharray="7 5" opacity=".7"') +
    [
      [568, -6],
      [888, 6],
    ]
      .map(([x = 0, turn = 0]) =>
        group(
          `transform="rotate(${turn} ${x + 70} 850)" filter="url(#dropSmall)"`,
          piece(`M${x} 800 H${x + 146} V852 Q${x + 73} 860 ${x} 852 Z`, '#bf8b58'),
        ),
      )
      .join('') +
    [
      [762, 740],
      [758, 850],
      [752, 960],
      [856, 740],
      [858, 850],
      [858, 960],
    ]
      .map(([x = 0, y = 0]) => button(x, y))
      .join('') +
    group('filter="url(#dropSmall)"', piece('M914 548 L1010 532 L1014 556 L918 572 Z', '#bf8b58')) +
    path('M926 550 L944 500 L962 544 L976 492 L1000 538 Z', '#e8e2d4')
  )
}

function coat(): string {
  return (
    rect(0, 0, 1600, 1200, 0, '#9aa7a1', 'filter="url(#plaster)"') +
    rect(0, 0, 1600, 1200, 0, 'url(#key)') +
    group(
      'transform="translate(112 -6) scale(.86 1.02)"',
      group(
        'transform="translate(44 40)" opacity=".55"',
        blurred(20, path(BODY, '#18211d'), path(LEFT, '#18211d'), path(RIGHT, '#18211d')),
      ),
      hanger(),
      piece(LEFT, '#ae7b49') +
        path(LEFT, 'url(#sleeveL)') +
        piece(RIGHT, '#ae7b49') +
        path(RIGHT, 'url(#sleeveR)') +
        times(2, (i) => circle(i ? 1186 : 418, 1000, 13, 'url(#horn)') + circle(i ? 1180 : 424, 958, 13, 'url(#horn)')) +
        group('filter="url(#drop)"', piece(BODY)) +
        path(BODY, 'url(#torso)') +
        folds() +
        collar() +
        details(),
    )
  )
}

/** A camel wool coat on a wooden hanger: whole, and lapel with cloth close up. */
export function coatPictures(): Picture[] {
  const drawing = coat()
  const clip = `<clipPath id="bodyClip"><path d="${BODY}"/></clipPath>`
  return [
    { name: 'coat-1', svg: page(defs + clip, drawing) },
    { name: 'coat-2', svg: page(defs + clip, drawing, { x: 520, y: 340, width: 640 }) },
  ]
}
