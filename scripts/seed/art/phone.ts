import {
  blurred,
  circle,
  ellipse,
  group,
  linear,
  type Picture,
  page,
  path,
  radial,
  rect,
  stroke,
  surface,
  text,
  texture,
} from './studio.ts'

interface Colour {
  name: string
  back: string
  edge: string
  stone: string
}

const colours: Colour[] = [
  {
    name: 'blue',
    back: '0 #7fa0bd, .5 #4d7292, 1 #2c4a66',
    edge: '0 #dbe6ee, .3 #7d97ab, .6 #3e5a70, 1 #a9bdcb',
    stone: '#d9cfc2',
  },
  {
    name: 'graphite',
    back: '0 #6a6b70, .5 #45464b, 1 #26272b',
    edge: '0 #d5d5d8, .3 #808187, .6 #3b3c41, 1 #a5a6ab',
    stone: '#c9b9a4',
  },
]

const defs = ({ back, edge }: Colour) =>
  glassOf(back, edge) +
  texture(
    'stone',
    { fx: 0.004, fy: 0.006, color: '#8f7e6a', gain: 0.9, bias: -0.4, octaves: 5 },
    { fx: 0.4, fy: 0.4, color: '#4a3d30', gain: 0.55, bias: -0.26, octaves: 2 },
    { fx: 0.05, fy: 0.06, color: '#ffffff', gain: 0.8, bias: -0.42, octaves: 2, seed: 17 },
  ) +
  linear('sky', '0 #152447, .34 #5a4c86, .56 #d98a7a, .7 #f4c48a, 1 #f7dcae') +
  linear('duneA', '0 #d88456, 1 #8a3f34') +
  linear('duneB', '0 #a9553f, 1 #4f2434') +
  linear('duneC', '0 #6a2f3b, 1 #241327') +
  `<clipPath id="screen"><rect x="0" y="0" width="386" height="836" rx="52"/></clipPath>`

function glassOf(back: string, edge: string): string {
  return (
    linear('back', back, [0.1, 0, 0.8, 1]) +
    linear('frame', edge, [0, 0, 1, 1]) +
    linear('gloss', '0 #fff/.5, .35 #fff/.06, .36 #fff/0, 1 #fff/0', [0, 0, 0.9, 0.7]) +
    linear('island', '0 #ffffff/.35, 1 #ffffff/.08', [0, 0, 1, 1]) +
    radial('eye', '0 #000, .35 #0a0a16, .6 #232a5c, .8 #0c0c14, 1 #000') +
    radial('flash', '0 #fffdf0, .5 #f3dfa2, 1 #b89b55')
  )
}

function shell(): string {
  return (
    rect(-14, -14, 442, 892, 74, '#0b0b0d', 'filter="url(#dropLarge)"') +
    rect(-14, -14, 442, 892, 74, 'url(#frame)') +
    rect(-17, 170, 5, 90, 2, '#5d6f7d') +
    rect(-17, 280, 5, 90, 2, '#5d6f7d') +
    rect(426, 210, 5, 130, 2, '#5d6f7d')
  )
}

function eye(x: number, y: number): string {
  return (
    circle(x + 4, y + 7, 58, '#000', 'opacity=".45" filter="url(#blur5)"') +
    circle(x, y, 57, 'url(#frame)') +
    circle(x, y, 50, '#08080a') +
    circle(x, y, 40, 'url(#eye)') +
    circle(x, y, 20, '#020207') +
    ellipse(x + 12, y + 15, 9, 6, '#6f86ff', 'opacity=".7" filter="url(#blur2)"') +
    ellipse(x - 14, y - 16, 12, 7, '#fff', `opacity=".75" transform="rotate(-40 ${x - 14} ${y - 16})"`)
  )
}

function back(): string {
  return (
    shell() +
    rect(-6, -6, 426, 876, 66, 'url(#back)') +
    rect(18, 18, 226, 238, 62, 'url(#island)', 'stroke="#fff" stroke-opacity=".35" stroke-width="2"') +
    eye(88, 90) +
    eye(174, 184) +
    circle(186, 76, 21, 'url(#flash)') +
    circle(78, 196, 9, '#0c0d10') +
    path('M207 398 L243 470 L207 452 L171 470 Z', '#fff', 'opacity=".42"') +
    text(207, 800, 17, '#fff', 'NORTHSTAR', 'text-anchor="middle" letter-spacing="5" opacity=".45"') +
    rect(-6, -6, 426, 876, 66, 'url(#gloss)') +
    rect(-5, -5, 424, 874, 65, 'none', 'stroke="#fff" stroke-opacity=".35" stroke-width="2"')
  )
}

function wallpaper(): string {
  return group(
    'clip-path="url(#screen)"',
    rect(0, 0, 386, 836, 0, 'url(#sky)'),
    circle(262, 470, 62, '#ffe9c4'),
    blurred(20, circle(262, 470, 80, '#ffd9a0', 'opacity=".8"')),
    path('M0 560 C90 500 160 520 240 566 C300 600 350 570 386 540 V836 H0 Z', 'url(#duneA)'),
    path('M0 640 C70 590 150 620 210 668 C270 716 330 680 386 650 V836 H0 Z', 'url(#duneB)'),
    path('M0 730 C110 670 190 700 250 748 C300 780 350 770 386 752 V836 H0 Z', 'url(#duneC)'),
    stroke('M0 640 C70 590 150 620 210 668', '#ffc48f', 3, 'opacity=".6"'),
    text(193, 190, 104, '#fff', '9:41', 'text-anchor="middle" opacity=".95" font-weight="300"'),
    text(193, 96, 22, '#fff', 'Thursday 12 June', 'text-anchor="middle" opacity=".9"'),
    text(40, 42, 17, '#fff', 'Fair', 'font-weight="bold"'),
    rect(322, 28, 34, 16, 5, 'none', 'stroke="#fff" stroke-width="2"'),
    rect(325, 31, 24, 10, 3, '#fff'),
    rect(128, 812, 130, 6, 3, '#fff', 'opacity=".85"'),
  )
}

function front(): string {
  return (
    shell() +
    rect(-6, -6, 426, 876, 66, '#050506') +
    group('transform="translate(14 14)"', wallpaper(), circle(193, 36, 12, '#000'), circle(190, 33, 3, '#3a4a8a')) +
    path('M30 14 H300 L60 420 Q14 300 14 70 Q14 14 70 14 Z', '#fff', 'opacity=".07"')
  )
}

function pair(colour: Colour): string {
  return page(
    defs(colour),
    surface(colour.stone, 'stone') +
      group('transform="translate(250 220) rotate(-9 207 430) scale(.98)"', back()) +
      group('transform="translate(850 150) rotate(6 207 430) scale(.98)"', front()),
  )
}

/** A refurbished phone, front and back, in two colours, and the camera island close up. */
export function phonePictures(): Picture[] {
  const closeUp = (colour: Colour) =>
    page(
      defs(colour),
      surface(colour.stone, 'stone') + group('transform="translate(520 180) rotate(-14 207 200) scale(1.9)"', back()),
    )
  return [
    ...colours.map((colour, index) => ({ name: `phone-${index + 1}`, svg: pair(colour) })),
    ...colours.slice(0, 1).map((colour) => ({ name: 'phone-3', svg: closeUp(colour) })),
  ]
}
