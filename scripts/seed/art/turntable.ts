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
  tube,
} from './studio.ts'

const defs =
  texture(
    'plaster',
    { fx: 0.008, fy: 0.008, color: '#6d7a80', gain: 1.2, bias: -0.55 },
    { fx: 0.5, fy: 0.5, color: '#39434a', gain: 0.5, bias: -0.24, octaves: 2 },
  ) +
  texture(
    'walnut',
    { fx: 0.0022, fy: 0.045, color: '#2a1207', gain: 3.4, bias: -1.5, octaves: 5 },
    { fx: 0.012, fy: 0.3, color: '#1c0b03', gain: 1.5, bias: -0.72, octaves: 3 },
    { fx: 0.003, fy: 0.03, color: '#d79a5f', gain: 1.6, bias: -0.86, seed: 21 },
  ) +
  bevel('edge', 5, 4, 0.25) +
  radial('vinyl', '0 #2b2b2d, .5 #161617, 1 #0b0b0c') +
  radial('label', '0 #f2c66d, .7 #e39a3c, 1 #c46f24') +
  radial('mat', '0 #3a3a3c, 1 #202022') +
  linear('rim', '0 #ffffff, .25 #c8c9ca, .5 #8e9092, .75 #dcdddd, 1 #6c6e70', [0, 0, 1, 1]) +
  linear('steel', '0 #f8f8f6, .4 #b7b8b8, .7 #8b8c8d, 1 #d3d3d2', [0, 0, 1, 1]) +
  radial('knob', '0 #fbfbfa, .6 #bdbebe, 1 #6e7072', 0.36, 0.3, 0.8) +
  linear('wedge', '0 #fff/0, .5 #fff/.5, 1 #fff/0', [0, 0, 1, 0])

const [X, Y] = [640, 600]

/** Light that fans out over the grooves, as it does on real vinyl. */
function sheen(): string {
  const fan = (turn: number, half: number, opacity: number) => {
    const point = (angle: number) =>
      `${n(X + 400 * Math.cos((angle * Math.PI) / 180))} ${n(Y + 400 * Math.sin((angle * Math.PI) / 180))}`
    return path(`M${X} ${Y} L${point(turn - half)} A400 400 0 0 1 ${point(turn + half)} Z`, '#fff', `opacity="${opacity}"`)
  }
  return group(
    'clip-path="url(#disc)"',
    blurred(20, fan(228, 9, 0.42), fan(48, 9, 0.3), fan(250, 4, 0.2), fan(70, 4, 0.16), fan(140, 5, 0.1)),
  )
}

function record(): string {
  return (
    blurred(20, circle(X + 14, Y + 22, 432, '#000', 'opacity=".5"')) +
    circle(X, Y, 428, 'url(#rim)') +
    circle(X, Y, 420, '#7c7e80') +
    times(120, (i) => {
      const a = (i / 120) * Math.PI * 2
      return circle(X + 422 * Math.cos(a), Y + 422 * Math.sin(a), 2.6, i % 2 ? '#2c2d2e' : '#e9e9e8')
    }) +
    circle(X, Y, 412, 'url(#mat)') +
    circle(X, Y, 394, 'url(#vinyl)') +
    times(66, (i) =>
      circle(
        X,
        Y,
        388 - i * 3.6,
        'none',
        `stroke="${i % 13 === 0 ? '#000' : '#4a4a4d'}" stroke-width="${i % 13 === 0 ? 3.4 : 0.9}" stroke-opacity=".6"`,
      ),
    ) +
    sheen() +
    circle(X, Y, 142, '#0d0d0e') +
    circle(X, Y, 134, 'url(#label)') +
    circle(X, Y, 122, 'none', 'stroke="#7d3d12" stroke-width="2" opacity=".6"') +
    text(X, Y - 62, 27, '#4d210a', 'LOW TIDE', 'text-anchor="middle" font-weight="bold" letter-spacing="4"') +
    text(X, Y - 38, 13, '#4d210a', 'THE HARBOUR QUINTET', 'text-anchor="middle" letter-spacing="1.5"') +
    text(X, Y + 52, 13, '#4d210a', 'SIDE A · 33⅓', 'text-anchor="middle" letter-spacing="2"') +
    text(X, Y + 78, 12, '#4d210a', 'Salt Road · Slack Water · Lantern', 'text-anchor="middle"') +
    circle(X + 3, Y + 5, 11, '#000', 'opacity=".45" filter="url(#blur2)"') +
    circle(X, Y, 9, 'url(#knob)')
  )
}

function arm(): string {
  const parts =
    stroke('M1196 330 C1196 520 1150 640 1076 768 L1010 858', '#5c5e60', 19) +
    stroke('M1195 330 C1195 520 1149 640 1075 768 L1009 858', '#d9dada', 12) +
    stroke('M1192 330 C1192 518 1146 638 1072 766 L1008 854', '#ffffff', 4, 'opacity=".9"') +
    group(
      'transform="rotate(37 1000 874)"',
      rect(974, 838, 50, 92, 8, '#1d1d1f'),
      rect(982, 846, 34, 40, 4, '#3b3b3e'),
      rect(990, 930, 18, 6, 2, '#c9a24a'),
      rect(1020, 868, 22, 7, 3, '#c9cacb'),
    )
  return (
    circle(1196, 322, 92, '#000', 'opacity=".4" filter="url(#blur10)" transform="translate(10 16)"') +
    circle(1196, 322, 88, 'url(#rim)') +
    circle(1196, 322, 78, '#9b9d9f') +
    circle(1196, 322, 76, 'url(#steel)') +
    group('filter="url(#drop)"', parts) +
    group(
      'filter="url(#drop)"',
      tube('weight', 1196, 180, 1196, 250, 74, '0 #f4f4f3, .25 #a9aaab, .55 #4c4d4f, .8 #8f9091, 1 #3c3d3e'),
      rect(1186, 240, 20, 60, 6, 'url(#steel)'),
    ) +
    times(9, (i) => rect(1159, 168 + i * 10, 74, 2, 0, '#232425', 'opacity=".55"')) +
    group(
      'filter="url(#dropSmall)"',
      circle(1196, 322, 42, 'url(#knob)'),
      circle(1196, 322, 20, '#2f3032'),
      circle(1190, 316, 6, '#fff', 'opacity=".7"'),
    ) +
    group('filter="url(#dropSmall)"', rect(1268, 420, 22, 60, 10, '#202123'), circle(1279, 432, 8, 'url(#knob)'))
  )
}

function controls(): string {
  return (
    group('filter="url(#drop)"', circle(1262, 902, 62, '#55575a'), circle(1262, 902, 58, 'url(#knob)')) +
    circle(1262, 902, 40, '#c4c5c5') +
    rect(1258, 862, 8, 30, 4, '#c2571b') +
    text(1186, 836, 17, '#f3dfc3', '33', 'font-weight="bold" text-anchor="middle"') +
    text(1262, 812, 17, '#f3dfc3', 'OFF', 'font-weight="bold" text-anchor="middle"') +
    text(1338, 836, 17, '#f3dfc3', '45', 'font-weight="bold" text-anchor="middle"') +
    circle(214, 960, 10, '#401006') +
    circle(214, 960, 6, '#ff6a3c') +
    blurred(10, circle(214, 960, 16, '#ff5a2c', 'opacity=".7"')) +
    text(196, 1012, 22, '#f1d9b6', 'MERIDIAN', 'letter-spacing="7" opacity=".85" font-weight="bold"')
  )
}

function turntable(): string {
  return (
    surface('#a9b4b6', 'plaster') +
    group('filter="url(#dropLarge)"', rect(150, 120, 1290, 950, 26, '#5b3116')) +
    group('filter="url(#edge)"', rect(150, 120, 1290, 950, 26, '#8a5129', 'filter="url(#walnut)"')) +
    rect(152, 122, 1286, 946, 25, 'url(#key)') +
    stroke('M176 123 H1410', '#ffdcb0', 3, 'opacity=".6"') +
    record() +
    arm() +
    controls()
  )
}

/** A walnut record player from above with a record on it: whole, and the arm over the grooves. */
export function turntablePictures(): Picture[] {
  const drawing = turntable()
  const clip = `<clipPath id="disc"><circle cx="${X}" cy="${Y}" r="392"/></clipPath>`
  return [
    { name: 'turntable-1', svg: page(defs + clip, drawing) },
    { name: 'turntable-2', svg: page(defs + clip, drawing, { x: 660, y: 440, width: 800 }) },
  ]
}
