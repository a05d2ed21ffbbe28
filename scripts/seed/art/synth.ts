import {
  bevel,
  blurred,
  circle,
  group,
  linear,
  n,
  type Picture,
  page,
  radial,
  rect,
  stroke,
  surface,
  text,
  texture,
  times,
} from './studio.ts'

const defs =
  texture(
    'terrazzo',
    { fx: 0.006, fy: 0.006, color: '#8a5a49', gain: 0.9, bias: -0.4 },
    { fx: 0.6, fy: 0.6, color: '#6d4334', gain: 0.7, bias: -0.32, octaves: 2 },
  ) +
  texture(
    'teak',
    { fx: 0.08, fy: 0.003, color: '#2d1206', gain: 3, bias: -1.3 },
    { fx: 0.1, fy: 0.004, color: '#e0a366', gain: 1.5, bias: -0.8, seed: 12 },
  ) +
  texture('enamel', { fx: 0.7, fy: 0.7, color: '#000000', gain: 0.55, bias: -0.24, octaves: 2 }) +
  bevel('edge', 4, 4, 0.3) +
  linear('panel', '0 #3a3c40, .5 #2a2c2f, 1 #1d1e20') +
  linear('strip', '0 #e9e2d2, 1 #cfc5ae') +
  linear('ivory', '0 #d9d1bd, .08 #f7f1e2, .9 #fffaf0, .97 #e6dcc6, 1 #b5a98d') +
  linear('ebony', '0 #0b0b0c, .78 #2a2a2d, .82 #55555a, .86 #1d1d1f, 1 #050505') +
  radial('cap', '0 #5c5e63, .6 #2f3033, 1 #101113', 0.36, 0.3, 0.8) +
  radial('alu', '0 #fdfdfb, .55 #c3c4c4, 1 #7d7f81', 0.36, 0.3, 0.8) +
  linear('fader', '0 #f5efe0, .45 #cbbf9f, .5 #5a4a2a, .55 #e8deC4, 1 #a79a78')

function knob(x: number, y: number, turn: number, label: string, r = 30): string {
  return (
    times(11, (i) => {
      const a = ((-135 + i * 27 - 90) * Math.PI) / 180
      return stroke(
        `M${n(x + (r + 7) * Math.cos(a))} ${n(y + (r + 7) * Math.sin(a))} L${n(x + (r + 13) * Math.cos(a))} ${n(y + (r + 13) * Math.sin(a))}`,
        '#d7cdb4',
        2,
        'opacity=".8"',
      )
    }) +
    blurred(5, circle(x + 7, y + 10, r, '#000', 'opacity=".75"')) +
    circle(x, y, r, '#0d0d0e') +
    circle(x, y, r - 1.5, 'url(#cap)') +
    circle(x, y, r * 0.66, 'url(#alu)') +
    stroke(`M${x} ${y - r * 0.3} V${y - r + 3}`, '#ff8a3c', 4.5, `transform="rotate(${turn} ${x} ${y})"`) +
    text(x, y + r + 30, 14, '#e2d9c2', label, 'text-anchor="middle" letter-spacing="1"')
  )
}

function fader(x: number, y: number, at: number, label: string): string {
  return (
    rect(x - 4, y, 8, 130, 4, '#050506') +
    rect(x + 3, y, 2, 130, 1, '#fff', 'opacity=".2"') +
    times(6, (i) => rect(x + 16, y + 4 + i * 24, 8, 2, 0, '#d7cdb4', 'opacity=".6"')) +
    group('filter="url(#dropSmall)"', rect(x - 17, y + at, 34, 24, 4, 'url(#fader)')) +
    text(x, y + 156, 14, '#e2d9c2', label, 'text-anchor="middle"')
  )
}

const section = (x: number, width: number, name: string) =>
  rect(x, 404, width, 28, 4, 'url(#strip)') + text(x + 12, 424, 15, '#26272a', name, 'font-weight="bold" letter-spacing="2"')

function controls(): string {
  return (
    section(230, 250, 'OSCILLATOR') +
    section(500, 250, 'FILTER') +
    section(770, 280, 'ENVELOPE') +
    section(1070, 300, 'ECHO') +
    knob(290, 492, -60, 'tune') +
    knob(416, 492, 40, 'shape') +
    knob(290, 606, 90, 'drift') +
    knob(416, 606, -20, 'sub') +
    knob(576, 502, 66, 'cutoff', 40) +
    knob(694, 492, -80, 'peak') +
    knob(576, 616, 10, 'track', 26) +
    knob(694, 606, 110, 'drive') +
    fader(808, 462, 30, 'A') +
    fader(876, 462, 64, 'D') +
    fader(944, 462, 18, 'S') +
    fader(1012, 462, 82, 'R') +
    knob(1130, 492, -100, 'time') +
    knob(1130, 606, 20, 'mix') +
    knob(1244, 492, 70, 'repeat') +
    group(
      '',
      times(4, (i) =>
        rect(
          1206 + i * 40,
          590,
          30,
          40,
          5,
          ['#d9552b', '#e8a33a', '#8fa68e', '#e9e2d2'][i] ?? '#fff',
          'filter="url(#dropSmall)"',
        ),
      ),
    ) +
    circle(1330, 470, 9, '#ff5436') +
    blurred(10, circle(1330, 470, 18, '#ff4a2a', 'opacity=".8"')) +
    text(1330, 506, 13, '#e2d9c2', 'power', 'text-anchor="middle"')
  )
}

const WHITE = 44.4
function keys(): string {
  const blacks = [0, 1, 3, 4, 5]
  return (
    rect(216, 690, 1170, 250, 6, '#0a0a0b') +
    times(
      26,
      (i) =>
        rect(224 + i * WHITE, 698, WHITE - 2.4, 236, 5, 'url(#ivory)') +
        rect(224 + i * WHITE + WHITE - 5, 702, 3, 220, 1, '#000', 'opacity=".12"'),
    ) +
    blurred(10, rect(220, 690, 1162, 26, 0, '#000', 'opacity=".6"')) +
    times(26, (i) =>
      blacks.includes(i % 7) && i < 25
        ? blurred(5, rect(224 + (i + 1) * WHITE - 8, 702, 28, 148, 4, '#000', 'opacity=".5"')) +
          rect(224 + (i + 1) * WHITE - 15, 696, 28, 146, 4, 'url(#ebony)') +
          rect(224 + (i + 1) * WHITE - 11, 698, 4, 112, 2, '#fff', 'opacity=".18"')
        : '',
    )
  )
}

function synth(): string {
  return (
    surface('#c58f78', 'terrazzo') +
    group(
      'transform="rotate(-4 800 650)"',
      group('filter="url(#dropLarge)"', rect(150, 300, 1300, 680, 16, '#3a1c0d')),
      rect(196, 304, 1210, 668, 6, 'url(#panel)', 'filter="url(#enamel)"'),
      rect(196, 304, 1210, 6, 3, '#fff', 'opacity=".35"'),
      text(232, 372, 42, '#efe6d0', 'AURELIA', 'font-weight="bold" letter-spacing="12"'),
      text(560, 371, 19, '#ff8a3c', 'analogue voice · model 37', 'letter-spacing="2"'),
      rect(1180, 338, 190, 42, 6, '#0b0d0b'),
      text(1196, 368, 24, '#ff6a3c', '07 BRASS', 'letter-spacing="2" font-weight="bold"'),
      controls(),
      keys(),
      group(
        'filter="url(#edge)"',
        rect(150, 300, 50, 680, 14, '#8a4b22', 'filter="url(#teak)"'),
        rect(1402, 300, 50, 680, 14, '#8a4b22', 'filter="url(#teak)"'),
      ),
    )
  )
}

/** An analogue synthesiser with teak cheeks: whole, and its controls close up. */
export function synthPictures(): Picture[] {
  const drawing = synth()
  return [
    { name: 'synth-1', svg: page(defs, drawing) },
    { name: 'synth-2', svg: page(defs, drawing, { x: 170, y: 330, width: 660 }) },
  ]
}
