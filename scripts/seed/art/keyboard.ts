import { blurred, group, linear, type Picture, page, rect, stroke, surface, text, texture, times } from './studio.ts'

interface Cap {
  label: string
  width: number
  tone: Tone
}
type Tone = 'cream' | 'sage' | 'rust'

const tones: Record<Tone, { side: string; top: string; word: string }> = {
  cream: { side: '#b9ae97', top: 'capCream', word: '#4c4a44' },
  sage: { side: '#5a6d60', top: 'capSage', word: '#eef0e4' },
  rust: { side: '#8f3d1b', top: 'capRust', word: '#fbe9d8' },
}

const defs =
  texture(
    'felt',
    { fx: 0.9, fy: 0.9, color: '#1a2426', gain: 0.8, bias: -0.34, octaves: 2 },
    { fx: 0.006, fy: 0.008, color: '#e7eeee', gain: 0.25, bias: -0.1 },
  ) +
  linear('case', '0 #f3efe6, .1 #ded8ca, .9 #cfc8b8, 1 #a79f8d') +
  linear('plate', '0 #8d8778, 1 #a69f90') +
  linear('capCream', '0 #e6dfcf, .5 #f4eee0, 1 #fbf7ec', [0, 0, 0.3, 1]) +
  linear('capSage', '0 #7b9182, .5 #8ba192, 1 #9bb0a1', [0, 0, 0.3, 1]) +
  linear('capRust', '0 #c25a2a, .5 #d66f3c, 1 #e38552', [0, 0, 0.3, 1]) +
  linear('brass', '0 #fbe7a8, .5 #c99a3f, 1 #7d5a1c')

const row = (tone: Tone, labels: string, widths: Record<string, number> = {}): Cap[] =>
  labels.split(' ').map((label) => ({ label, tone, width: widths[label] ?? 1 }))

const rows: Cap[][] = [
  [
    ...row('rust', 'esc'),
    ...row('cream', 'F1 F2 F3 F4'),
    ...row('sage', 'F5 F6 F7 F8'),
    ...row('cream', 'F9 F10 F11 F12'),
    ...row('sage', 'prt del'),
    ...row('rust', '●'),
  ],
  [...row('cream', '` 1 2 3 4 5 6 7 8 9 0 - ='), ...row('sage', 'back home', { back: 2 })],
  [
    ...row('sage', 'tab', { tab: 1.5 }),
    ...row('cream', 'Q W E R T Y U I O P [ ]'),
    ...row('cream', '\\', { '\\': 1.5 }),
    ...row('sage', 'pgup'),
  ],
  [
    ...row('sage', 'caps', { caps: 1.75 }),
    ...row('cream', "A S D F G H J K L ; '"),
    ...row('rust', 'enter', { enter: 2.25 }),
    ...row('sage', 'pgdn'),
  ],
  [
    ...row('sage', 'shift', { shift: 2.25 }),
    ...row('cream', 'Z X C V B N M , . /'),
    ...row('sage', 'shift', { shift: 1.75 }),
    ...row('cream', '↑'),
    ...row('sage', 'end'),
  ],
  [
    ...row('sage', 'ctrl opt cmd', { ctrl: 1.25, opt: 1.25, cmd: 1.25 }),
    ...row('cream', '·', { '·': 6.25 }),
    ...row('sage', 'fn alt'),
    ...row('sage', 'hm'),
    ...row('cream', '← ↓ →'),
  ],
]

const UNIT = 78
const [LEFT, TOP] = [176, 356]

/** One keycap: skirt, dished top lit from the upper left, legend. */
function cap(x: number, y: number, { label, width, tone }: Cap): string {
  const w = width * UNIT - 5
  const { side, top, word } = tones[tone]
  return (
    rect(x, y, w, UNIT - 5, 9, side) +
    rect(x + 1.5, y + 1, w - 3, 12, 7, '#fff', 'opacity=".22"') +
    rect(x + 3, y + UNIT - 20, w - 6, 14, 7, '#000', 'opacity=".2"') +
    rect(x + 10, y + 5, w - 20, UNIT - 25, 9, `url(#${top})`) +
    rect(x + 10.7, y + 5.7, w - 21.4, UNIT - 26.4, 8, 'none', 'stroke="#fff" stroke-opacity=".55" stroke-width="1.4"') +
    text(x + 18, y + (label.length > 1 ? 27 : 31), label.length > 1 ? 14 : 21, word, shown(label), 'font-weight="bold"')
  )
}

const shown = (label: string) => label.replace('·', '')

function caps(): string {
  return rows
    .map((line, index) => {
      let x = LEFT
      const y = TOP + index * UNIT + (index > 0 ? 16 : 0)
      return line
        .map((key) => {
          const drawn = cap(x, y, key)
          x += key.width * UNIT
          return drawn
        })
        .join('')
    })
    .join('')
}

function cable(): string {
  const coil = times(26, (i) => {
    const x = 700 + i * 15
    return (
      stroke(`M${x} 116 C${x + 16} 70 ${x + 26} 76 ${x + 18} 132`, '#8f3d1b', 13) +
      stroke(`M${x + 1} 112 C${x + 15} 74 ${x + 22} 78 ${x + 16} 124`, '#e08a58', 4, 'opacity=".8"')
    )
  })
  return group(
    'filter="url(#drop)"',
    stroke('M420 330 C420 180 520 104 700 112', '#8f3d1b', 14),
    stroke('M416 330 C416 178 518 100 700 108', '#e08a58', 4, 'opacity=".7"'),
    stroke('M1100 120 C1240 140 1300 60 1420 -40', '#8f3d1b', 14),
    coil,
    rect(404, 262, 32, 66, 8, 'url(#brass)'),
  )
}

function keyboard(): string {
  const width = 16 * UNIT
  return (
    surface('#4f6468', 'felt') +
    group(
      'transform="rotate(-5 800 640) translate(0 30)"',
      cable(),
      group('filter="url(#dropLarge)"', rect(LEFT - 44, TOP - 44, width + 84, 590, 34, '#b3ab9a')),
      rect(LEFT - 44, TOP - 44, width + 84, 580, 34, 'url(#case)'),
      rect(LEFT - 42, TOP - 42, width + 80, 576, 32, 'none', 'stroke="#fff" stroke-width="3" stroke-opacity=".7"'),
      rect(LEFT - 12, TOP - 12, width + 20, 6 * UNIT + 36, 14, 'url(#plate)'),
      group(
        'opacity=".5"',
        blurred(
          5,
          rect(LEFT - 12, TOP - 12, width + 20, 18, 8, '#201a10'),
          rect(LEFT - 12, TOP - 12, 16, 6 * UNIT + 36, 8, '#201a10'),
        ),
      ),
      group('filter="url(#dropSmall)"', caps()),
    )
  )
}

/** A cream and sage 75 % keyboard with a coiled cable: whole, and its caps close up. */
export function keyboardPictures(): Picture[] {
  const drawing = keyboard()
  return [
    { name: 'keyboard-1', svg: page(defs, drawing) },
    { name: 'keyboard-2', svg: page(defs, drawing, { x: 120, y: 330, width: 700 }) },
  ]
}
