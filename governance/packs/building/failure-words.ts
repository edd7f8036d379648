// Why a pack could not be built, in words for whoever asked: of what went wrong, never of what was being read.
import { RollcallError } from '@/core/errors'
import { FileFailed } from './build-pack'

const STORAGE: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk that packs are kept on is full. Make room, then ask again.',
  EDQUOT: 'The disk that packs are kept on is full for this account. Make room, then ask again.',
  EFBIG: 'The pack is larger than a file may be where packs are kept.',
  EACCES: 'The folder that packs are kept in cannot be written to.',
  EPERM: 'The folder that packs are kept in cannot be written to.',
  EROFS: 'The folder that packs are kept in cannot be written to.',
  ENOTDIR: 'The folder that packs are kept in is no folder.',
  EIO: 'The disk that packs are kept on does not work.',
}

/** The error and those that caused it. */
function* chain(error: unknown): Generator<Error> {
  for (let one = error, left = 5; one instanceof Error && left > 0; one = one.cause, left--) yield one
}

export function storageTrouble(error: unknown): string | undefined {
  for (const one of chain(error)) {
    const words = 'code' in one ? STORAGE[String(one.code)] : undefined
    if (words) return words
  }
  return undefined
}

export function failureWords(error: unknown): string {
  const all = [...chain(error)]
  const own = all.find((one) => one instanceof RollcallError)
  const file = all.find((one) => one instanceof FileFailed)?.file
  const where = file === undefined ? 'It could not be built' : `${file} could not be written`
  return storageTrouble(error) ?? `${where}${own ? `: ${own.message}` : '.'}`
}

export const causedBy = (error: unknown, what: new (...given: never[]) => Error): boolean =>
  [...chain(error)].some((one) => one instanceof what)
