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
  texture,
  times,
} from './studio.ts'

const defs =
  linear('sky', '0 #1d2f4f, .35 #4a5f86, .62 #c98f86, .8 #f2bd86, 1 #f9dcae') +
  linear('far', '0 #6c6f92, 1 #b08d94') +
  linear('mid', '0 #3f4c66, 1 #7d7480') +
  linear('near', '0 #223140, 1 #38424a') +
  linear('grass', '0 #4f5f3c, .3 #3a4a2e, 1 #141c14') +
  linear('flyL', '0 #f4a64e, .5 #d9742b, 1 #8f3f14', [0.2, 0, 0.7, 1]) +
  linear('flyM', '0 #ffd28a, .5 #f29a3f, 1 #c25f1e') +
  linear('flyR', '0 #d9742b, .6 #a34a17, 1 #5f270b', [0, 0, 1, 0.7]) +
  radial('lamp', '0 #fff6cf, .4 #ffd584/.8, 1 #ff9d3f/0') +
  linear('inside', '0 #8a4a18, .6 #ffce7a, 1 #e08a34') +
  linear('door', '0 #e8edf0, 1 #8fa0aa', [0, 0, 1, 1]) +
  texture(
    'ripstop',
    { fx: 0.012, fy: 0.02, color: '#4a1a05', gain: 0.5, bias: -0.24 },
    { fx: 0.02, fy: 0.012, color: '#fff0cc', gain: 0.35, bias: -0.17, seed: 40 },
  ) +
  texture(
    'turf',
    { fx: 0.35, fy: 0.05, color: '#0b120a', gain: 2.6, bias: -1.15, octaves: 3 },
    { fx: 0.4, fy: 0.06, color: '#c9c98a', gain: 1.4, bias: -0.78, seed: 33, octaves: 3 },
  ) +
  texture('rock', { fx: 0.01, fy: 0.02, color: '#0f1a26', gain: 1.6, bias: -0.75 })

function land(): string {
  const stars = times(46, (i) =>
    circle((i * 397) % 1600, (i * 173) % 330, 1 + (i % 3) * 0.6, '#fff', `opacity="${0.25 + (i % 4) * 0.16}"`),
  )
  return (
    rect(0, 0, 1600, 900, 0, 'url(#sky)') +
    stars +
    blurred(40, ellipse(1230, 640, 420, 90, '#ffe0a6', 'opacity=".75"')) +
    blurred(
      2,
      path(
        'M0 640 L160 520 L300 590 L470 430 L620 560 L760 480 L930 600 L1100 470 L1290 600 L1450 520 L1600 610 V900 H0 Z',
        'url(#far)',
      ),
    ) +
    path(
      'M470 430 L520 474 L486 470 L462 500 L440 458 Z M1100 470 L1146 506 L1110 500 L1086 520 L1072 494 Z',
      '#fff',
      'opacity=".5" filter="url(#blur2)"',
    ) +
    blurred(
      2,
      path(
        'M0 720 L120 640 L330 720 L520 620 L700 720 L940 650 L1180 730 L1400 640 L1600 720 V900 H0 Z',
        'url(#mid)',
        'filter="url(#rock)"',
      ),
    ) +
    path('M0 800 Q300 730 620 790 T1200 780 T1600 770 V900 H0 Z', 'url(#near)') +
    times(34, (i) => {
      const x = (i * 251) % 1600
      const h = 50 + ((i * 37) % 60)
      const y = 806 - ((i * 13) % 18)
      return x > 330 && x < 1240 ? '' : path(`M${x - h * 0.22} ${y} L${x} ${y - h} L${x + h * 0.22} ${y} Z`, '#18242c')
    }) +
    rect(0, 800, 1600, 400, 0, 'url(#grass)', 'filter="url(#turf)"')
  )
}

const LEFT = 'M300 960 C330 760 460 480 740 372 C680 560 600 780 560 976 Z'
const MIDDLE = 'M560 976 C600 780 680 560 740 372 C880 470 990 720 1040 968 Q800 1000 560 976 Z'
const RIGHT = 'M740 372 C1010 430 1210 660 1310 940 L1040 968 C990 720 880 470 740 372 Z'

function shell(): string {
  return (
    blurred(40, ellipse(820, 985, 600, 46, '#050805', 'opacity=".85"')) +
    path(LEFT, 'url(#flyL)', 'filter="url(#ripstop)"') +
    path(RIGHT, 'url(#flyR)', 'filter="url(#ripstop)"') +
    path(MIDDLE, 'url(#flyM)', 'filter="url(#ripstop)"') +
    group(
      'clip-path="url(#tentClip)"',
      blurred(
        40,
        ellipse(790, 830, 260, 190, '#ffe9ae', 'opacity=".75"'),
        ellipse(470, 860, 110, 130, '#ffc873', 'opacity=".35"'),
      ),
    ) +
    [LEFT, RIGHT]
      .map(
        (_, i) =>
          stroke(i ? 'M740 372 C880 470 990 720 1040 968' : 'M740 372 C680 560 600 780 560 976', '#5f270b', 9, 'opacity=".75"') +
          stroke(i ? 'M736 374 C874 474 984 722 1034 966' : 'M736 374 C676 562 596 780 556 974', '#ffe1a6', 3, 'opacity=".7"'),
      )
      .join('') +
    stroke('M430 640 C520 690 600 700 648 670', '#5f270b', 5, 'opacity=".35" filter="url(#blur2)"') +
    stroke('M900 560 C1000 600 1080 640 1150 650', '#2b1206', 6, 'opacity=".35" filter="url(#blur2)"') +
    path('M1120 640 Q1172 662 1196 716 L1128 706 Z', '#3a1606', 'opacity=".7"')
  )
}

function entrance(): string {
  return (
    path('M640 972 C660 800 720 600 776 520 C850 620 920 800 946 970 Q800 992 640 972 Z', 'url(#inside)') +
    group(
      'clip-path="url(#doorClip)"',
      blurred(20, ellipse(795, 640, 60, 60, '#fff6cf')),
      rect(600, 930, 400, 70, 0, '#8a3f14', 'opacity=".55"'),
      path('M660 966 Q670 900 740 900 L880 906 Q930 912 936 972 Z', '#37566b'),
      path('M664 962 Q680 914 736 912 L760 970 Z', '#f1ece0'),
      times(4, (i) => stroke(`M${770 + i * 40} 908 Q${780 + i * 42} 940 ${776 + i * 44} 976`, '#223a4a', 4, 'opacity=".6"')),
      circle(795, 622, 15, '#fffbe6'),
      stroke('M795 540 V608', '#5f270b', 3),
      circle(795, 630, 70, 'url(#lamp)'),
    ) +
    path('M640 972 C660 800 720 600 776 520 C734 640 690 700 664 760 C650 820 644 900 616 976 Z', 'url(#door)', 'opacity=".95"') +
    stroke('M776 520 C850 620 920 800 946 970', '#3a1606', 5) +
    stroke('M780 528 C850 630 914 800 938 966', '#f9e0a8', 2, 'stroke-dasharray="4 4"') +
    group('filter="url(#dropSmall)"', path('M664 756 q-26 10 -20 36 l34 -6 z', '#c9543a'))
  )
}

function lines(): string {
  const peg = (x: number, y: number) => stroke(`M${x} ${y - 12} L${x + 8} ${y + 14}`, '#e6e9ea', 5)
  return (
    [
      ['M430 640 L150 1010', 150, 1010],
      ['M1160 640 L1480 1000', 1480, 1000],
      ['M300 956 L210 1000', 210, 1000],
      ['M1308 938 L1400 984', 1400, 984],
    ]
      .map(([d, x, y]) => stroke(String(d), '#f6f0d8', 2.6, 'opacity=".85"') + peg(Number(x), Number(y)))
      .join('') +
    times(60, (i) => {
      const x = 240 + i * 19
      const h = 14 + ((i * 29) % 26)
      return stroke(
        `M${x} ${996 + ((i * 7) % 12)} q${n(((i * 5) % 9) - 4)} ${-h / 2} ${n(((i * 11) % 17) - 8)} ${-h}`,
        i % 2 ? '#26331d' : '#66754a',
        3,
      )
    })
  )
}

function camp(): string {
  return (
    group(
      '',
      ellipse(1180, 1046, 74, 15, '#050805', 'opacity=".7" filter="url(#blur5)"'),
      path('M1120 960 H1226 L1218 1040 Q1172 1052 1128 1040 Z', '#b9c4c8'),
      ellipse(1173, 960, 53, 12, '#4a5559'),
      stroke('M1224 976 C1262 976 1262 1020 1220 1020', '#9aa7ac', 9),
      path('M1120 960 H1140 L1146 1042 L1128 1040 Z', '#fff', 'opacity=".5"'),
    ) + blurred(40, ellipse(800, 1060, 380, 60, '#ffc873', 'opacity=".4"'))
  )
}

/** A two-person dome tent glowing at dusk: whole, and the door close up. */
export function tentPictures(): Picture[] {
  const drawing = land() + shell() + entrance() + lines() + camp()
  const clip = `<clipPath id="tentClip"><path d="${LEFT} ${MIDDLE} ${RIGHT}"/></clipPath><clipPath id="doorClip"><path d="M640 972 C660 800 720 600 776 520 C850 620 920 800 946 970 Q800 992 640 972 Z"/></clipPath>`
  return [
    { name: 'tent-1', svg: page(defs + clip, drawing) },
    { name: 'tent-2', svg: page(defs + clip, drawing, { x: 440, y: 440, width: 760 }) },
  ]
}
