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
  text,
  texture,
  times,
} from './studio.ts'

const tiles = { sea: '#3f7d8c', wood: '#55753f', sand: '#dcb669', hill: '#b5673d', salt: '#e4dccb' } as const
type Tile = keyof typeof tiles

const defs =
  texture(
    'oak',
    { fx: 0.0018, fy: 0.035, color: '#5a3a1c', gain: 2, bias: -0.9, octaves: 5 },
    { fx: 0.006, fy: 0.2, color: '#4a2e14', gain: 1, bias: -0.46, octaves: 3 },
  ) +
  texture('card', { fx: 0.5, fy: 0.5, color: '#2a1c0e', gain: 0.5, bias: -0.22, octaves: 2 }) +
  texture(
    'land',
    { fx: 0.05, fy: 0.05, color: '#1d2a14', gain: 1.6, bias: -0.72 },
    { fx: 0.08, fy: 0.08, color: '#ffffff', gain: 0.8, bias: -0.42, seed: 8 },
  ) +
  texture('water', { fx: 0.02, fy: 0.09, color: '#e8f7f6', gain: 1.8, bias: -0.95 }) +
  bevel('edge', 3, 3, 0.25) +
  bevel('peg', 9, 9, 0.4) +
  linear('dusk', '0 #16324a, .45 #3d6d7a, .7 #e9a765, 1 #f3d08e') +
  linear('deep', '0 #2a5d6b, 1 #0f2a3a') +
  linear('beam', '0 #fff3c4/.9, 1 #fff3c4/0', [0, 0, 1, 0]) +
  linear('tower', '0 #fff7e6, .5 #e9ddc6, 1 #a8977b', [0, 0, 1, 0]) +
  radial('pip', '0 #2b1a10, 1 #4a3324')

const corner = (r: number, i: number) => `${n(r * Math.cos((i * Math.PI) / 3))} ${n(r * Math.sin((i * Math.PI) / 3))}`
const hex = (r: number) => `M${[0, 1, 2, 3, 4, 5].map((i) => corner(r, i)).join(' L')} Z`

function tile(x: number, y: number, kind: Tile, mark = ''): string {
  return group(
    `transform="translate(${n(x)} ${n(y)})"`,
    group('filter="url(#dropSmall)"', path(hex(101), '#8a6f4c')),
    group('filter="url(#edge)"', path(hex(98), '#f1e6cd')),
    path(hex(89), tiles[kind], `filter="url(#${kind === 'sea' ? 'water' : 'land'})"`),
    scenery(kind),
    mark
      ? circle(0, 46, 25, '#f7efdc', 'filter="url(#dropSmall)"') +
          text(0, 55, 25, '#3d2c1a', mark, 'text-anchor="middle" font-weight="bold"')
      : '',
  )
}

function scenery(kind: Tile): string {
  if (kind === 'wood')
    return [
      [-34, -8],
      [0, -34],
      [34, -6],
      [-4, 8],
    ]
      .map(
        ([x = 0, y = 0]) =>
          path(`M${x - 17} ${y + 18} L${x} ${y - 24} L${x + 17} ${y + 18} Z`, '#23421f') +
          path(`M${x} ${y - 24} L${x + 17} ${y + 18} H${x} Z`, '#132b12'),
      )
      .join('')
  if (kind === 'hill')
    return path('M-56 12 Q-30 -50 0 -6 Q26 -58 58 12 Z', '#8a4527') + path('M0 -6 Q26 -58 58 12 H10 Z', '#6d3219')
  if (kind === 'salt') return path('M-40 6 L-16 -40 L6 6 Z', '#fff') + path('M-10 10 L18 -26 L44 10 Z', '#cfc4ae')
  if (kind === 'sand') return times(3, (i) => stroke(`M-50 ${-30 + i * 20} q24 -16 50 0 t50 0`, '#a97f35', 4, 'opacity=".7"'))
  return times(2, (i) => stroke(`M-44 ${-24 + i * 26} q22 -14 44 0 t44 0`, '#d9f0ef', 4, 'opacity=".6"'))
}

function island(): string {
  const plan: [number, number, Tile, string?][] = [
    [0, -1, 'wood', '5'],
    [0, 0, 'salt', '9'],
    [0, 1, 'sea'],
    [-1, 0, 'hill', '4'],
    [-1, 1, 'sand', '8'],
    [1, 0, 'sand', '3'],
    [1, 1, 'wood', '10'],
    [-2, 0, 'sea'],
    [2, 0, 'sea'],
    [-1, -1, 'sea'],
    [1, -1, 'hill', '6'],
  ]
  return plan
    .map(([q, r, kind, mark]) => tile(1050 + q * 155, 690 + (r + (Math.abs(q) % 2 ? -0.5 : 0)) * 179, kind, mark))
    .join('')
}

function box(): string {
  return group(
    'transform="translate(90 110) rotate(-4)"',
    group('filter="url(#dropLarge)"', rect(0, 0, 560, 600, 8, '#12283a')),
    rect(0, 0, 560, 600, 8, 'url(#dusk)', 'filter="url(#card)"'),
    circle(400, 372, 54, '#ffe7b3'),
    blurred(20, circle(400, 372, 70, '#ffd48a', 'opacity=".8"')),
    path('M196 214 L560 120 V260 Z', 'url(#beam)', 'opacity=".75"'),
    path('M0 430 Q140 392 280 426 T560 410 V600 H0 Z', 'url(#deep)', 'filter="url(#water)"'),
    path('M40 470 C90 396 130 408 160 380 C220 366 270 420 330 470 Q180 500 40 470 Z', '#1b2a2c'),
    path('M158 400 L170 230 H218 L232 400 Z', 'url(#tower)'),
    path('M164 330 L167 290 H222 L225 330 Z', '#b5412a'),
    path('M170 250 L171 230 H217 L218 250 Z', '#b5412a'),
    rect(172, 190, 44, 40, 4, '#2b2320'),
    rect(178, 196, 32, 28, 2, '#fff0b8'),
    path('M164 192 L194 160 L224 192 Z', '#8a2f1d'),
    text(280, 98, 64, '#fdf0d0', 'TIDEWRACK', 'text-anchor="middle" font-weight="bold" letter-spacing="3"'),
    text(280, 134, 19, '#fdf0d0', 'islands, salt and slack water', 'text-anchor="middle" letter-spacing="2" opacity=".9"'),
    text(280, 566, 18, '#e6f0ea', '2–4 players · 60 min · 10+', 'text-anchor="middle" letter-spacing="2" opacity=".85"'),
    rect(2, 2, 556, 596, 8, 'none', 'stroke="#fff" stroke-opacity=".3" stroke-width="3"'),
  )
}

function boat(x: number, y: number, color: string, turn: number): string {
  const d = 'M-44 18 H44 L28 42 H-28 Z M-4 12 V-46 L38 8 Z M-10 12 V-32 L-36 10 Z'
  return group(
    `transform="translate(${x} ${y}) rotate(${turn})" filter="url(#drop)"`,
    group('filter="url(#edge)"', path(d, color)),
  )
}

function die(x: number, y: number, turn: number, pips: [number, number][]): string {
  return group(
    `transform="translate(${x} ${y}) rotate(${turn})"`,
    group('filter="url(#drop)"', rect(-40, -40, 80, 80, 16, '#c9b78f')),
    group('filter="url(#peg)"', rect(-40, -40, 80, 80, 16, '#fbf3df')),
    ...pips.map(([px, py]) => circle(px * 21, py * 21, 8, 'url(#pip)')),
  )
}

function cards(): string {
  return times(4, (i) =>
    group(
      `transform="translate(${330 + i * 34} ${1010 - i * 8}) rotate(${-26 + i * 15})"`,
      group('filter="url(#dropSmall)"', rect(-82, -250, 164, 240, 14, '#f8efd9')),
      rect(-70, -238, 140, 216, 8, ['#b5412a', '#3f7d8c', '#55753f', '#dcb669'][i] ?? '#fff', 'filter="url(#card)"'),
      circle(0, -130, 44, '#f8efd9', 'opacity=".92"'),
      path('M0 -164 L26 -112 L0 -124 L-26 -112 Z', '#3d2c1a'),
    ),
  )
}

function game(): string {
  return (
    surface('#c79a64', 'oak') +
    box() +
    island() +
    cards() +
    boat(1050, 850, '#c2412a', -8) +
    boat(760, 720, '#2f6db0', 10) +
    boat(1370, 640, '#e9b233', 6) +
    boat(905, 530, '#3b7d4a', -14) +
    die(700, 1010, 18, [
      [-1, -1],
      [0, 0],
      [1, 1],
    ]) +
    die(800, 1068, -12, [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
      [0, 0],
    ]) +
    times(7, (i) =>
      group(
        'filter="url(#drop)"',
        group(
          'filter="url(#edge)"',
          rect(
            1330 + (i % 4) * 48,
            190 + Math.floor(i / 4) * 56,
            36,
            36,
            5,
            ['#c2412a', '#2f6db0', '#e9b233', '#3b7d4a'][i % 4] ?? '#fff',
            `transform="rotate(${i * 23} ${1348 + (i % 4) * 48} ${208 + Math.floor(i / 4) * 56})"`,
          ),
        ),
      ),
    )
  )
}

/** A board game laid out on oak: box, island tiles, boats, cards and dice; and the tiles close up. */
export function boardGamePictures(): Picture[] {
  const drawing = game()
  return [
    { name: 'board-game-1', svg: page(defs, drawing) },
    { name: 'board-game-2', svg: page(defs, drawing, { x: 700, y: 470, width: 720 }) },
  ]
}
