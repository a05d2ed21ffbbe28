/**
 * The studio all demo pictures are drawn in: a 1600 × 1200 page, one key light from the upper left,
 * soft shadows falling to the lower right, and the small drawing vocabulary the pictures share.
 */
export const WIDTH = 1600
export const HEIGHT = 1200

/** One demo picture: file name without extension, and its SVG source. */
export interface Picture {
  name: string
  svg: string
}

/** Part of the page to show, for close-ups: x, y and width; the height follows from 4:3. */
export interface Crop {
  x: number
  y: number
  width: number
}

type Attributes = string

/** Reads `"0 #fff, .5 #888/.4, 1 #000"` (offset, colour, optional opacity) as gradient stops. */
export function stops(text: string): string {
  return text
    .split(',')
    .map((stop) => {
      const [offset = '0', paint = '#000'] = stop.trim().split(' ')
      const [color, opacity = '1'] = paint.split('/')
      return `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`
    })
    .join('')
}

/** Linear gradient across the painted shape's box, from (x1, y1) to (x2, y2); top to bottom by default. */
export function linear(id: string, text: string, [x1, y1, x2, y2] = [0, 0, 0, 1]): string {
  return `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stops(text)}</linearGradient>`
}

/** Linear gradient in page coordinates. */
export function linearAt(id: string, text: string, points: [number, number, number, number]): string {
  const [x1, y1, x2, y2] = points.map((value) => value.toFixed(1))
  const box = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${box}>${stops(text)}</linearGradient>`
}

/** Radial gradient across the painted shape's box. */
export function radial(id: string, text: string, cx = 0.5, cy = 0.5, r = 0.5): string {
  return `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stops(text)}</radialGradient>`
}

export function rect(x: number, y: number, w: number, h: number, r: number, fill: string, more: Attributes = '') {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" rx="${r}" fill="${fill}" ${more}/>`
}

export function circle(cx: number, cy: number, r: number, fill: string, more: Attributes = ''): string {
  return `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}" fill="${fill}" ${more}/>`
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = '') {
  return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`
}

export function path(d: string, fill: string, more: Attributes = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`
}

/** An open line: a path that is only stroked. */
export function stroke(d: string, color: string, width: number, more: Attributes = ''): string {
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" ${more}/>`
}

export function group(more: Attributes, ...parts: string[]): string {
  return `<g ${more}>${parts.join('')}</g>`
}

export function text(x: number, y: number, size: number, fill: string, words: string, more: Attributes = '') {
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}" fill="${fill}" font-family="DejaVu Sans" ${more}>${words}</text>`
}

/** `count` parts made by `make(index)`, joined. */
export function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('')
}

/** Blurred copy of shapes: for shadows and for soft highlights. `radius` is one of the blurs of the page. */
export function blurred(radius: 2 | 5 | 10 | 20 | 40 | 80, ...parts: string[]): string {
  return group(`filter="url(#blur${radius})"`, ...parts)
}

/** Straight tube (bicycle frame, stand, pole) lit across its width. */
export function tube(id: string, x1: number, y1: number, x2: number, y2: number, width: number, tones: string) {
  const length = Math.hypot(x2 - x1, y2 - y1)
  const [ux, uy] = [(-(y2 - y1) / length) * (width / 2), ((x2 - x1) / length) * (width / 2)]
  const flip = ux + uy > 0 ? -1 : 1
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const shade = linearAt(id, tones, [mx + ux * flip, my + uy * flip, mx - ux * flip, my - uy * flip])
  return `${shade}<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="url(#${id})" stroke-width="${width}" stroke-linecap="round"/>`
}

/** How a noise texture is laid over a shape. Frequencies are in cycles a pixel. */
export interface Noise {
  fx: number
  fy: number
  color: string
  gain: number
  bias: number
  seed?: number
  octaves?: number
}

/** Filter that keeps the shape and lays one or more tinted noises over it: wood grain, cloth, leather, stone. */
export function texture(id: string, ...layers: Noise[]): string {
  const parts = layers.map((layer, index) => {
    const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(layer.color.slice(at, at + 2), 16) / 255).toFixed(3))
    const rows = `0 0 0 0 ${r} 0 0 0 0 ${g} 0 0 0 0 ${b} ${layer.gain} 0 0 0 ${layer.bias}`
    return (
      `<feTurbulence type="fractalNoise" baseFrequency="${layer.fx} ${layer.fy}" numOctaves="${layer.octaves ?? 4}" seed="${layer.seed ?? index + 3}"/>` +
      `<feColorMatrix values="${rows}"/><feComposite operator="in" in2="SourceAlpha" result="n${index}"/>`
    )
  })
  const merged = layers.map((_, index) => `<feMergeNode in="n${index}"/>`).join('')
  return (
    `<filter id="${id}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">${parts.join('')}` +
    `<feMerge><feMergeNode in="SourceGraphic"/>${merged}</feMerge></filter>`
  )
}

/** Filter that rounds a shape's edge as if it were moulded: lit from the upper left. Sizes in pixels. */
export function bevel(id: string, size: number, depth: number, gloss = 0.5): string {
  return (
    `<filter id="${id}" x="-.1" y="-.1" width="1.2" height="1.2" color-interpolation-filters="sRGB">` +
    `<feGaussianBlur in="SourceAlpha" stdDeviation="${size}" result="h"/>` +
    `<feDiffuseLighting in="h" surfaceScale="${depth}" diffuseConstant="1.15" lighting-color="#fff" result="d"><feDistantLight azimuth="235" elevation="58"/></feDiffuseLighting>` +
    `<feComposite in="SourceGraphic" in2="d" operator="arithmetic" k1="1" result="lit"/>` +
    `<feSpecularLighting in="h" surfaceScale="${depth}" specularConstant="${gloss}" specularExponent="22" lighting-color="#fff" result="s"><feDistantLight azimuth="235" elevation="50"/></feSpecularLighting>` +
    `<feComposite in="s" in2="SourceAlpha" operator="in" result="si"/>` +
    `<feComposite in="lit" in2="SourceAlpha" operator="in" result="li"/>` +
    `<feMerge><feMergeNode in="li"/><feMergeNode in="si"/></feMerge></filter>`
  )
}

/** Drop shadow filter: offset and blur in pixels. */
export function shadow(id: string, dx: number, dy: number, blur: number, opacity: number, color = '#1a1209') {
  return `<filter id="${id}" x="-.3" y="-.3" width="1.6" height="1.7" color-interpolation-filters="sRGB"><feDropShadow dx="${dx}" dy="${dy}" stdDeviation="${blur}" flood-color="${color}" flood-opacity="${opacity}"/></filter>`
}

/** A number with at most one decimal, to keep sources small. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}

const blurs = [2, 5, 10, 20, 40, 80]
  .map(
    (radius) =>
      `<filter id="blur${radius}" x="-1" y="-1" width="3" height="3" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${radius}"/></filter>`,
  )
  .join('')

const light =
  radial('key', '0 #fff/.32, .6 #fff/.06, 1 #fff/0', 0.28, 0.16, 0.75) +
  radial('vignette', '0 #000/0, .62 #000/0, 1 #0a0603/.38', 0.46, 0.45, 0.78)

/** Puts shapes on a page with the studio's light, and the filters every picture may use. */
export function page(defs: string, body: string, crop: Crop = { x: 0, y: 0, width: WIDTH }): string {
  const box = `${crop.x} ${crop.y} ${crop.width} ${(crop.width * HEIGHT) / WIDTH}`
  const frame = `x="${crop.x}" y="${crop.y}" width="${crop.width}" height="${(crop.width * HEIGHT) / WIDTH}"`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${HEIGHT}" viewBox="${box}">` +
    `<defs>${blurs}${light}${shadow('drop', 10, 20, 16, 0.5)}${shadow('dropSmall', 3, 6, 5, 0.5)}${shadow('dropLarge', 22, 40, 34, 0.5)}${defs}</defs>` +
    `${body}<rect ${frame} fill="url(#vignette)"/></svg>`
  )
}

/** Seamless paper: a wall that curves into the floor. `wall` and `floor` are colours. */
export function sweep(wall: string, floor: string, horizon = 800): string {
  return (
    linear('sweepWall', `0 ${wall}, 1 ${wall}`) +
    linear('sweepFloor', `0 ${floor}/0, .2 ${floor}, 1 ${floor}`) +
    rect(0, 0, WIDTH, HEIGHT, 0, wall) +
    rect(0, horizon - 60, WIDTH, HEIGHT - horizon + 60, 0, 'url(#sweepFloor)') +
    rect(0, 0, WIDTH, HEIGHT, 0, 'url(#key)')
  )
}

/** Flat surface seen from above, with a texture filter of the picture. */
export function surface(color: string, filter: string): string {
  return rect(0, 0, WIDTH, HEIGHT, 0, color, `filter="url(#${filter})"`) + rect(0, 0, WIDTH, HEIGHT, 0, 'url(#key)')
}
