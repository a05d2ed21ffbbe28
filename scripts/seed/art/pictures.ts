import { bicyclePictures } from './bicycle.ts'
import { boardGamePictures } from './board-game.ts'
import { cameraPictures } from './camera.ts'
import { coatPictures } from './coat.ts'
import { guitarPictures } from './guitar.ts'
import { headphonesPictures } from './headphones.ts'
import { keyboardPictures } from './keyboard.ts'
import { lampPictures } from './lamp.ts'
import { lensPictures } from './lens.ts'
import { phonePictures } from './phone.ts'
import type { Picture } from './studio.ts'
import { synthPictures } from './synth.ts'
import { teaPictures } from './tea.ts'
import { tentPictures } from './tent.ts'
import { turntablePictures } from './turntable.ts'

/** Every picture of the demo market, in the order of the listings. */
export function pictures(): Picture[] {
  return [
    ...cameraPictures(),
    ...turntablePictures(),
    ...keyboardPictures(),
    ...guitarPictures(),
    ...synthPictures(),
    ...lensPictures(),
    ...headphonesPictures(),
    ...phonePictures(),
    ...lampPictures(),
    ...teaPictures(),
    ...bicyclePictures(),
    ...coatPictures(),
    ...tentPictures(),
    ...boardGamePictures(),
  ]
}
