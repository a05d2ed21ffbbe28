import {
  bevel,
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
  sweep,
  texture,
  times,
} from './studio.ts'

const defs =
  texture(
    'hide',
    { fx: 0.09, fy: 0.09, color: '#000000', gain: 1.6, bias: -0.72, octaves: 3 },
    { fx: 0.09, fy: 0.09, color: '#ffffff', gain: 0.7, bias: -0.38, octaves: 3, seed: 30 },
  ) +
  texture('mesh', { fx: 0.5, fy: 0.5, color: '#000000', gain: 0.6, bias: -0.25, octaves: 1 }) +
  bevel('soft', 16, 16, 0.3) +
  bevel('edge', 4, 4, 0.5) +
  linear('band', '0 #6b5346, .4 #4a372d, 1 #241912') +
  linear('steel', '0 #fafaf8, .3 #c2c3c3, .55 #7e8082, .75 #dedfde, 1 #77797b', [0, 0, 1, 1]) +
  radial('cup', '0 #50555c, .6 #33373d, 1 #16191c', 0.36, 0.28, 0.85) +
  radial('plate', '0 #f6ead2, .5 #d8bd8c, 1 #9b7a45', 0.34, 0.26, 0.9) +
  linear('plateShine', '0 #fff/.7, .4 #fff/0, .7 #fff/0, 1 #fff/.3', [0, 0, 1, 1]) +
  `<pattern id="holes" width="16" height="14" patternUnits="userSpaceOnUse"><circle cx="4" cy="3.5" r="3" fill="#1a1208"/><circle cx="12" cy="10.5" r="3" fill="#1a1208"/></pattern>`

const BAND = 'M392 760 C330 300 560 150 800 150 C1040 150 1270 300 1208 760'

function headband(): string {
  const inner = 'M440 560 C440 330 600 216 800 216 C1000 216 1160 330 1160 560'
  return (
    stroke(BAND, '#3b3d40', 26, 'filter="url(#drop)"') +
    stroke(BAND, 'url(#steel)', 20) +
    stroke('M430 520 C440 290 610 176 800 176 C990 176 1160 290 1170 520', '#1b110b', 74) +
    group(
      'filter="url(#soft)"',
      stroke('M430 520 C440 290 610 176 800 176 C990 176 1160 290 1170 520', '#5a4132', 68, 'filter="url(#hide)"'),
    ) +
    stroke(
      'M414 500 C430 270 606 152 800 152 C994 152 1170 270 1186 500',
      '#d6b084',
      2.6,
      'stroke-dasharray="11 8" opacity=".8"',
    ) +
    stroke(
      'M452 516 C462 306 620 202 800 202 C980 202 1138 306 1148 516',
      '#d6b084',
      2.6,
      'stroke-dasharray="11 8" opacity=".6"',
    ) +
    stroke(inner, '#000', 6, 'opacity=".25" filter="url(#blur5)"')
  )
}

/** One ear cup; `side` is −1 for the left and 1 for the right. */
function cup(side: -1 | 1): string {
  const x = 800 + side * 410
  const y = 770
  return (
    group('filter="url(#drop)"', rect(x - 15, y - 330, 30, 170, 10, 'url(#steel)')) +
    times(7, (i) => rect(x - 8, y - 306 + i * 15, 16, 2, 0, '#2b2c2e', 'opacity=".6"')) +
    group('filter="url(#soft)"', ellipse(x - side * 34, y, 214, 262, '#3a2b22', 'filter="url(#hide)"')) +
    stroke(
      `M${x - 196} ${y + 10} C${x - 206} ${y - 250} ${x + 206} ${y - 250} ${x + 196} ${y + 10}`,
      '#55575a',
      24,
      'filter="url(#dropSmall)"',
    ) +
    stroke(`M${x - 196} ${y + 10} C${x - 206} ${y - 250} ${x + 206} ${y - 250} ${x + 196} ${y + 10}`, 'url(#steel)', 18) +
    blurred(10, ellipse(x + 10, y + 18, 190, 232, '#000', 'opacity=".6"')) +
    ellipse(x, y, 186, 230, 'url(#cup)') +
    group('filter="url(#edge)"', ellipse(x, y, 172, 214, '#2b2f34')) +
    ellipse(x, y, 150, 190, '#0c0d0f') +
    ellipse(x, y, 146, 186, 'url(#plate)') +
    ellipse(x, y, 118, 156, 'url(#holes)', 'opacity=".85"') +
    ellipse(x, y, 118, 156, 'none', 'stroke="#8a6a38" stroke-width="4"') +
    ellipse(x, y, 146, 186, 'url(#plateShine)') +
    circle(x, y, 44, '#8a6a38') +
    circle(x, y, 42, 'url(#plate)') +
    path(`M${x - 16} ${y + 14} L${x} ${y - 22} L${x + 16} ${y + 14} L${x} ${y + 4} Z`, '#4f3813') +
    [-1, 1].map((end) => circle(x + end * 196, y + 10, 17, 'url(#steel)') + circle(x + end * 196, y + 10, 7, '#3b3d40')).join('')
  )
}

function headphones(): string {
  const cable = 'M390 1030 C380 1110 560 1130 700 1096 C860 1056 980 1096 1120 1140 C1240 1176 1400 1150 1700 1120'
  return (
    sweep('#8fa0a6', '#bac5c6', 860) +
    blurred(40, ellipse(430, 1050, 290, 46, '#131a1d', 'opacity=".8"'), ellipse(1250, 1050, 290, 46, '#131a1d', 'opacity=".8"')) +
    blurred(10, ellipse(410, 1034, 150, 14, '#070a0b', 'opacity=".8"'), ellipse(1206, 1034, 150, 14, '#070a0b', 'opacity=".8"')) +
    blurred(5, stroke(cable, '#12181a', 16, 'opacity=".5" transform="translate(6 14)"')) +
    stroke(cable, '#2b2622', 14) +
    stroke(cable, '#7b6a5c', 9, 'stroke-dasharray="7 5"') +
    group('transform="translate(0 24)"', headband(), cup(-1), cup(1), rect(376, 990, 28, 40, 6, 'url(#steel)'))
  )
}

/** Open-backed headphones with brass grilles and a leather band: whole, and one grille close up. */
export function headphonesPictures(): Picture[] {
  const drawing = headphones()
  return [
    { name: 'headphones-1', svg: page(defs, drawing) },
    { name: 'headphones-2', svg: page(defs, drawing, { x: 120, y: 520, width: 700 }) },
  ]
}
