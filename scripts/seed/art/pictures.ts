import { cameraPictures } from './camera.ts'
import type { Picture } from './studio.ts'
export function pictures(): Picture[] { return [...cameraPictures()] }
