import { blurred, ellipse, group, linear, type Picture, page, path, radial, rect, stroke, texture, times } from './studio.ts'

const defs =
  texture(
    'grain',
    { fx: 0.05, fy: 0.003, color: '#1d0a03', gain: 1.9, bias: -0.85 },
    { fx: 0.08, fy: 0.004, color: '#d99b62', gain: 1.4, bias: -0.76, seed: 12 },
  ) +
  texture(
    'board',
    { fx: 0.0025, fy: 0.05, color: '#1d0a03', gain: 2.2, bias: -1, octaves: 5 },
    { fx: 0.004, fy: 0.04, color: '#c98a52', gain: 1.4, bias: -0.78, seed: 12 },
  ) +
  texture(
    'cloth',
    { fx: 0.5, fy: 0.02, color: '#8a5f2c', gain: 0.9, bias: -0.38, octaves: 2 },
    { fx: 0.02, fy: 0.5, color: '#7a4f20', gain: 0.9, bias: -0.38, octaves: 2, seed: 7 },
  ) +
  texture('wall', { fx: 0.01, fy: 0.012, color: '#1f2a26', gain: 0.7, bias: -0.32 }) +
  radial('glow', '0 #ffdf9e/.95, .3 #f7b866/.55, .65 #c9823f/.16, 1 #c9823f/0') +
  linear('turned', '0 #000/.75, .1 #000/.25, .26 #fff/.42, .36 #fff/.06, .7 #000/.35, .92 #000/.7, 1 #000/.55', [0, 0, 1, 0]) +
  linear('shadeSide', '0 #7a4a1c/.75, .2 #b3742f/.15, .5 #fff3cf/.75, .8 #b3742f/.15, 1 #7a4a1c/.75', [0, 0, 1, 0]) +
  linear('shadeTop', '0 #d99a4b/.7, .3 #ffd58e/0, .75 #fff0c0/.35, 1 #ffdf9a/.7') +
  linear('brass', '0 #6d4a12, .2 #fbe7a8, .35 #d3a749, .75 #8a641f, 1 #4f350b', [0, 0, 1, 0]) +
  linear('pages', '0 #efe5cf, 1 #c9b995')

const BASE =
  'M752 470 C748 520 736 540 730 566 C700 620 640 660 640 742 C640 812 700 836 724 860 C736 872 706 884 690 896 L910 896 C894 884 864 872 876 860 C900 836 960 812 960 742 C960 660 900 620 870 566 C864 540 852 520 848 470 Z'

function room(): string {
  return (
    rect(0, 0, 1600, 1200, 0, '#4c5d55', 'filter="url(#wall)"') +
    ellipse(800, 330, 900, 760, 'url(#glow)') +
    ellipse(800, 110, 460, 300, 'url(#glow)', 'opacity=".75"') +
    rect(0, 930, 1600, 270, 0, '#6b3d20', 'filter="url(#board)"') +
    rect(0, 930, 1600, 10, 0, '#d99b62', 'opacity=".7"') +
    rect(0, 1136, 1600, 64, 0, '#000', 'opacity=".35"') +
    stroke('M0 1136 H1600', '#2a1207', 5) +
    ellipse(800, 968, 760, 80, 'url(#glow)', 'opacity=".8"')
  )
}

function books(): string {
  const spine = (x: number, y: number, w: number, color: string) =>
    rect(x, y, w, 46, 5, color) +
    rect(x, y, w, 46, 5, 'url(#shine)') +
    rect(x + 30, y, 5, 46, 0, '#f3dca0', 'opacity=".7"') +
    rect(x + w - 36, y, 5, 46, 0, '#f3dca0', 'opacity=".7"') +
    rect(x + w * 0.35, y + 18, w * 0.3, 9, 2, '#f3dca0', 'opacity=".75"')
  return (
    linear('shine', '0 #fff/.3, .3 #fff/0, 1 #000/.45') +
    blurred(10, rect(170, 944, 360, 26, 10, '#120703', 'opacity=".85"')) +
    spine(180, 910, 350, '#7d2f22') +
    spine(196, 864, 310, '#2f4a52') +
    spine(176, 818, 330, '#b98b3a') +
    group(
      '',
      blurred(5, ellipse(330, 818, 96, 9, '#000', 'opacity=".6"')),
      path('M250 702 Q250 816 330 816 Q410 816 410 702 Z', '#d8cdb8'),
      path(
        'M250 702 Q250 816 330 816 Q410 816 410 702 Z',
        'url(#turned)',
        'opacity=".5" transform="translate(660 0) scale(-1 1)"',
      ),
      path('M408 722 C466 710 466 786 392 784', 'none', 'stroke="#cfc3ac" stroke-width="15"'),
      ellipse(330, 702, 80, 15, '#efe6d4'),
      ellipse(330, 705, 70, 11, '#3d2214'),
    )
  )
}

function lamp(): string {
  const shade = 'M560 120 L1040 120 L1130 470 Q800 520 470 470 Z'
  return (
    blurred(20, ellipse(800, 962, 230, 22, '#100602', 'opacity=".95"')) +
    rect(784, 440, 32, 60, 4, 'url(#brass)') +
    path(BASE, '#7d4724', 'filter="url(#grain)"') +
    path(BASE, 'url(#turned)') +
    times(2, (i) =>
      stroke(`M${734 + i * 4} ${548 + i * 16} Q800 ${562 + i * 16} ${866 - i * 4} ${548 + i * 16}`, '#2a1207', 4, 'opacity=".6"'),
    ) +
    path(
      'M660 896 H940 Q970 900 970 928 Q970 950 940 954 Q800 974 660 954 Q630 950 630 928 Q630 900 660 896 Z',
      '#6b3a1c',
      'filter="url(#grain)"',
    ) +
    path('M660 896 H940 Q970 900 970 928 Q970 950 940 954 Q800 974 660 954 Q630 950 630 928 Q630 900 660 896 Z', 'url(#turned)') +
    stroke('M650 900 Q800 922 950 900', '#fff', 3, 'opacity=".35"') +
    blurred(20, path('M650 476 L950 476 L900 600 L700 600 Z', '#ffd58e', 'opacity=".45"')) +
    path(shade, '#eab566', 'filter="url(#cloth)"') +
    path(shade, 'url(#shadeSide)') +
    path(shade, 'url(#shadeTop)') +
    group('clip-path="url(#shade)"', blurred(40, ellipse(800, 350, 150, 130, '#fffbe6', 'opacity=".95"'))) +
    ellipse(800, 120, 240, 22, '#f6d79a') +
    ellipse(800, 120, 228, 17, '#fff2c9') +
    stroke('M562 124 Q800 164 1038 124', '#9a6a30', 5, 'opacity=".55"') +
    stroke('M472 464 Q800 514 1128 464', '#9a6a30', 7, 'opacity=".7"') +
    stroke('M930 492 V590', '#d3a749', 3) +
    ellipse(930, 598, 8, 11, '#d3a749')
  )
}

/** A turned walnut lamp, lit, on a sideboard: the room, and the turning close up. */
export function lampPictures(): Picture[] {
  const drawing = room() + books() + lamp()
  const clip = '<clipPath id="shade"><path d="M560 120 L1040 120 L1130 470 Q800 520 470 470 Z"/></clipPath>'
  return [
    { name: 'lamp-1', svg: page(defs + clip, drawing) },
    { name: 'lamp-2', svg: page(defs + clip, drawing, { x: 440, y: 440, width: 740 }) },
  ]
}
