import type { Photo } from '@fairhold/api/contract/listings'
import { problemFrom, unreachable, withFreshToken } from './client'
import { csrfToken } from './known-session'

const TIMEOUT_MS = 120_000 // a photo over a slow line takes longer than an answer

/** Uploads a photo; `onProgress` hears which part of it is sent, from 0 to 1. `fetch` cannot tell. */
export const uploadPhoto = (file: Blob, onProgress: (part: number) => void): Promise<Photo> =>
  withFreshToken(() => uploadOnce(file, onProgress))

function uploadOnce(file: Blob, onProgress: (part: number) => void): Promise<Photo> {
  const body = new FormData()
  body.append('file', file)
  const request = new XMLHttpRequest()
  request.open('POST', '/v1/listings/photos')
  request.responseType = 'json'
  request.timeout = TIMEOUT_MS
  request.setRequestHeader('x-csrf-token', csrfToken())
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
  const answer = new Promise<Photo>((resolve, reject) => {
    const fail = () => {
      try {
        unreachable()
      } catch (error) {
        reject(error)
      }
    }
    request.onload = () =>
      request.status === 201 ? resolve(request.response) : reject(problemFrom(request.status, request.response))
    request.onerror = fail
    request.ontimeout = fail
    request.onabort = fail
  })
  request.send(body)
  return answer
}
