import { blurred, circle, ellipse, group, linear, n, path, radial, times } from './studio.ts'

/** Gradients of the lens front; include once a page. */
export const glassDefs =
  radial('glDeep', '0 #0a0712, .35 #120d26, .62 #1d1a46, .8 #35204f, .93 #1a0f1e, 1 #050305', 0.46, 0.5, 0.55) +
  radial('glPupil', '0 #000, .7 #05030a, 1 #1c1030') +
  radial('glGreen', '0 #6fe3b0/.75, .6 #2f9f86/.25, 1 #1a6a66/0') +
  radial('glAmber', '0 #ffb46b/.8, .6 #d1662f/.25, 1 #812f1a/0') +
  radial('glViolet', '0 #b58bff/.8, .6 #5c49d8/.35, 1 #2b2f9a/0') +
  linear('glSoft', '0 #fff/.85, 1 #cfe0ff/.08', [0, 0, 0.7, 1]) +
  linear('glRing', '0 #6b6b70, .18 #2a2a2d, .5 #0d0d0f, .82 #1d1d20, 1 #4b4b50', [0.1, 0, 0.9, 1]) +
  linear('glRingInner', '0 #050506, .5 #17171a, 1 #55555c', [0.1, 0, 0.9, 1]) +
  linear('glSteel', '0 #fdfdfb, .2 #b9bab8, .45 #77797a, .6 #d5d6d3, .85 #8c8e8e, 1 #5c5e60', [0, 0, 1, 1])

/** The front glass of a lens with its coatings and the studio's softbox mirrored in it. */
export function frontGlass(cx: number, cy: number, r: number): string {
  const at = (x: number, y: number) => [cx + x * r, cy + y * r] as const
  const [wx, wy] = at(-0.34, -0.42)
  const window = path(
    `M${n(wx - r * 0.2)} ${n(wy + r * 0.2)} Q${n(wx - r * 0.06)} ${n(wy - r * 0.16)} ${n(wx + r * 0.3)} ${n(wy - r * 0.22)} L${n(wx + r * 0.34)} ${n(wy - r * 0.02)} Q${n(wx + r * 0.08)} ${n(wy + r * 0.04)} ${n(wx)} ${n(wy + r * 0.26)} Z`,
    'url(#glSoft)',
    'opacity=".8"',
  )
  return (
    circle(cx, cy, r, 'url(#glDeep)') +
    times(3, (i) => circle(cx, cy, r * (0.86 - i * 0.13), 'none', 'stroke="#000" stroke-opacity=".45" stroke-width="5"')) +
    ellipse(...at(0.3, 0.36), r * 0.3, r * 0.24, 'url(#glAmber)') +
    ellipse(...at(-0.12, 0.5), r * 0.34, r * 0.16, 'url(#glViolet)') +
    ellipse(...at(0.14, -0.26), r * 0.24, r * 0.2, 'url(#glGreen)', 'opacity=".7"') +
    circle(...at(0.02, 0.03), r * 0.36, 'url(#glPupil)') +
    ellipse(...at(0.1, 0.13), r * 0.16, r * 0.12, 'url(#glViolet)', 'opacity=".55"') +
    group('', window) +
    blurred(
      2,
      ellipse(
        ...at(0.46, 0.52),
        r * 0.1,
        r * 0.045,
        '#fff',
        `opacity=".55" transform="rotate(-42 ${n(at(0.46, 0.52)[0])} ${n(at(0.46, 0.52)[1])})"`,
      ),
    ) +
    circle(cx, cy, r, 'none', 'stroke="#000" stroke-opacity=".7" stroke-width="4"')
  )
}

/** Words set around a circle; `radius` is that of the baseline, `from` the start angle in degrees (0 = top). */
export function ringWords(cx: number, cy: number, radius: number, from: number, size: number, fill: string, words: string) {
  const step = (size * 0.82 * 180) / (Math.PI * radius)
  return [...words]
    .map((letter, index) => {
      const turn = from + index * step
      return `<text x="${n(cx)}" y="${n(cy - radius)}" font-size="${size}" font-family="DejaVu Sans" font-weight="bold" text-anchor="middle" fill="${fill}" transform="rotate(${n(turn)} ${n(cx)} ${n(cy)})">${letter}</text>`
    })
    .join('')
}

/** Fine teeth around a circle: grip of a focus ring or of a knob. */
export function knurl(cx: number, cy: number, r1: number, r2: number, count: number, light: string, dark: string): string {
  return times(count, (i) => {
    const a = (i / count) * Math.PI * 2
    const lit = Math.max(0, Math.cos(a + Math.PI * 0.75))
    const b = a + (Math.PI / count) * 0.9
    const points = [
      [r1, a],
      [r2, a],
      [r2, b],
      [r1, b],
    ]
      .map(([r = 0, t = 0]) => `${n(cx + r * Math.cos(t))} ${n(cy + r * Math.sin(t))}`)
      .join(' L')
    return path(`M${points}Z`, lit > 0.05 ? light : dark, `opacity="${(0.25 + lit * 0.75).toFixed(2)}"`)
  })
}
