import { frontGlass, glassDefs, knurl, ringWords } from './glass.ts'
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
  sweep,
  text,
  texture,
  times,
} from './studio.ts'

const defs =
  glassDefs +
  linear('chrome', '0 #fbfaf6, .12 #d9d8d4, .5 #bdbcb8, .82 #9a9995, 1 #6d6c69') +
  linear('chromeSide', '0 #8f8e8a, .12 #f4f3ef, .4 #c9c8c4, .75 #aaa9a5, 1 #5f5e5b', [0, 0, 1, 0]) +
  linear('prism', '0 #ffffff, .3 #dddcd7, .7 #b4b3ae, 1 #8b8a86') +
  linear('leather', '0 #2f2b29, .5 #201d1c, 1 #131110') +
  linear('strap', '0 #9a5f34, .5 #7a4523, 1 #4d2912') +
  radial('knob', '0 #fdfdfb, .55 #cfceca, 1 #84837f', 0.38, 0.3, 0.75) +
  texture(
    'skin',
    { fx: 0.16, fy: 0.18, color: '#000000', gain: 2.4, bias: -1.05, octaves: 2 },
    { fx: 0.17, fy: 0.16, color: '#ffffff', gain: 1.1, bias: -0.58, octaves: 2, seed: 9 },
  ) +
  texture('brushed', { fx: 0.004, fy: 0.6, color: '#3c3a36', gain: 0.9, bias: -0.42, octaves: 2 }) +
  texture('hide', { fx: 0.05, fy: 0.05, color: '#2a1206', gain: 1.6, bias: -0.7 })

function strap(): string {
  const curve = 'M312 470 C200 520 96 720 150 890 C206 1062 420 1006 640 1040 C860 1074 1010 1096 1200 1060'
  const right = 'M1288 470 C1410 540 1500 720 1462 880 C1436 990 1350 1034 1196 1061'
  return (
    blurred(20, stroke(curve, '#2a1a0e', 40, 'opacity=".5" transform="translate(18 40)"')) +
    blurred(20, stroke(right, '#2a1a0e', 40, 'opacity=".5" transform="translate(18 40)"')) +
    [curve, right]
      .map(
        (d) =>
          stroke(d, '#4d2912', 44) +
          stroke(d, '#8a5330', 38, 'filter="url(#hide)"') +
          stroke(d, '#e0b384', 2.2, 'stroke-dasharray="9 7" opacity=".75" transform="translate(-11 -6)"') +
          stroke(d, '#e0b384', 2.2, 'stroke-dasharray="9 7" opacity=".6" transform="translate(11 6)"'),
      )
      .join('')
  )
}

function topPlate(): string {
  return (
    rect(392, 352, 120, 54, 8, 'url(#chromeSide)') +
    times(24, (i) => rect(394 + i * 5, 356, 2, 46, 0, '#4c4b48', 'opacity=".5"')) +
    rect(378, 338, 148, 20, 8, 'url(#chrome)') +
    rect(1084, 346, 126, 60, 8, 'url(#chromeSide)') +
    times(26, (i) => rect(1086 + i * 4.8, 350, 2, 52, 0, '#4c4b48', 'opacity=".55"')) +
    rect(1078, 336, 138, 16, 7, 'url(#chrome)') +
    rect(990, 368, 66, 38, 6, 'url(#chromeSide)') +
    ellipse(1023, 368, 24, 9, '#e9e8e4') +
    rect(1228, 374, 50, 30, 10, 'url(#chromeSide)') +
    path(
      'M300 446 Q300 400 346 398 L640 394 L700 268 Q708 252 728 252 L872 252 Q892 252 900 268 L960 394 L1254 398 Q1300 400 1300 446 L1300 536 L300 536 Z',
      'url(#chrome)',
      'filter="url(#brushed)"',
    ) +
    path('M640 396 L700 270 Q708 254 728 254 L872 254 Q892 254 900 270 L960 396 L936 424 L664 424 Z', 'url(#prism)') +
    path('M664 424 L718 282 Q722 272 734 272 L866 272 Q878 272 882 282 L936 424 Z', 'url(#chrome)', 'opacity=".55"') +
    stroke('M308 408 Q320 401 346 400 L636 397', '#ffffff', 4, 'opacity=".85"') +
    stroke('M962 397 L1254 400', '#ffffff', 4, 'opacity=".7"') +
    rect(752, 232, 96, 24, 4, 'url(#chromeSide)') +
    rect(762, 228, 76, 8, 2, '#55534f') +
    text(800, 366, 44, '#23211f', 'KESTREL', 'text-anchor="middle" font-weight="bold" letter-spacing="3"') +
    text(1216, 486, 30, '#3a3835', 'K-2', 'text-anchor="middle" font-weight="bold"') +
    circle(392, 470, 12, '#2a2826') +
    circle(392, 470, 7, '#77201a')
  )
}

function body(): string {
  return (
    rect(300, 520, 1000, 300, 0, 'url(#leather)', 'filter="url(#skin)"') +
    rect(300, 520, 1000, 26, 0, '#000', 'opacity=".35" filter="url(#blur5)"') +
    rect(300, 520, 70, 300, 0, '#fff', 'opacity=".07" filter="url(#blur20)"') +
    rect(1230, 520, 70, 300, 0, '#000', 'opacity=".5" filter="url(#blur20)"') +
    path('M300 806 H1300 V842 Q1300 876 1262 876 L338 876 Q300 876 300 842 Z', 'url(#chrome)', 'filter="url(#brushed)"') +
    stroke('M304 808 H1296', '#fff', 3, 'opacity=".7"') +
    group(
      'filter="url(#dropSmall)"',
      rect(468, 590, 34, 120, 16, 'url(#chromeSide)'),
      circle(485, 606, 25, 'url(#knob)'),
      circle(485, 606, 10, '#8c8a86'),
    ) +
    group('filter="url(#dropSmall)"', circle(1128, 640, 28, 'url(#knob)'), circle(1128, 640, 16, '#3a3835')) +
    circle(1128, 640, 9, '#0d0c0b')
  )
}

function lens(): string {
  const [x, y] = [800, 664]
  return (
    blurred(20, circle(x + 26, y + 34, 268, '#000', 'opacity=".65"')) +
    circle(x, y, 276, 'url(#glSteel)') +
    circle(x, y, 262, '#1a1a1c') +
    circle(x, y, 262, 'url(#glRing)') +
    knurl(x, y, 232, 262, 96, '#5f5f64', '#0a0a0b') +
    circle(x, y, 232, 'url(#glSteel)') +
    circle(x, y, 222, '#141416') +
    circle(x, y, 222, 'url(#glRing)') +
    circle(x, y, 196, 'url(#glRingInner)') +
    circle(x, y, 192, '#0e0e10') +
    ringWords(x, y, 164, -62, 17, '#e9e6dd', 'KESTREL  OPTIC  1:1.8  50mm') +
    ringWords(x, y, 164, 142, 17, '#d9a441', 'No 41 207') +
    times(4, (i) => circle(x, y, 152 - i * 8, 'none', `stroke="#${i % 2 ? '26262a' : '050506'}" stroke-width="6"`)) +
    frontGlass(x, y, 126) +
    stroke(`M${x - 186} ${y - 186} A263 263 0 0 1 ${x + 60} ${y - 256}`, '#fff', 7, 'opacity=".5" filter="url(#blur5)"')
  )
}

function camera(): string {
  return (
    sweep('#b9a48c', '#d3c1a8', 860) +
    blurred(40, ellipse(850, 906, 600, 56, '#2b1a0c', 'opacity=".62"')) +
    strap() +
    blurred(10, ellipse(810, 880, 500, 15, '#140b04', 'opacity=".8"')) +
    group(
      '',
      circle(306, 470, 20, 'none', 'stroke="#8a8884" stroke-width="9"'),
      circle(1294, 470, 20, 'none', 'stroke="#6d6c69" stroke-width="9"'),
    ) +
    topPlate() +
    body() +
    group('transform="translate(800 640) scale(.86) translate(-800 -664)"', lens())
  )
}

/** A chrome 35 mm reflex camera on a leather strap: the whole of it, and its lens close up. */
export function cameraPictures(): Picture[] {
  const drawing = camera()
  return [
    { name: 'camera-1', svg: page(defs, drawing) },
    { name: 'camera-2', svg: page(defs, drawing, { x: 470, y: 300, width: 740 }) },
  ]
}
