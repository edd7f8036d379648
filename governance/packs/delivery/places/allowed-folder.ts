// The folders that packs may be delivered to: those below the one that whoever runs Rollcall allows.
import { lstat, mkdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/env'
import { OtherBytes } from '../folder-store'
import { NotDelivered } from './place'

const NOT_ALLOWED =
  'Packs may not be delivered to folders here. Whoever runs Rollcall allows it by setting DELIVERIES_FOLDER, for web server and worker alike.'

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  ENOTDIR: 'a part of it is no folder',
  EACCES: 'it cannot be written to',
  EPERM: 'it cannot be written to',
  EROFS: 'it can only be read',
  ENOSPC: 'its disk is full. Make room; it is tried again by itself',
  EDQUOT: 'its disk is full for this account. Make room; it is tried again by itself',
  EFBIG: 'the pack is larger than a file may be there',
  EIO: 'its disk does not work',
  ESTALE: 'it is on another machine that cannot be reached',
  EHOSTDOWN: 'it is on another machine that cannot be reached',
  ENAMETOOLONG: 'the name of the file is too long there',
  ELOOP: 'it leads to itself',
}

/** What a file system says, in words: by its code alone. */
export function folderTrouble(error: unknown, folder: string): NotDelivered {
  if (error instanceof NotDelivered) return error
  if (error instanceof OtherBytes)
    return new NotDelivered(
      `The folder ${folder}: what was read back there is not what was sealed. Nothing of it was kept.`,
    )
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new NotDelivered(`The folder ${folder}: ${TROUBLE[code] ?? `it failed${code && ` (${code})`}`}.`)
}

async function rootFolder(): Promise<string> {
  const root = env.deliveriesFolder
  if (root === undefined) throw new NotDelivered(NOT_ALLOWED)
  try {
    return await realpath(root)
  } catch (error) {
    throw folderTrouble(error, 'that DELIVERIES_FOLDER names')
  }
}

const isInside = (root: string, place: string) => place === root || place.startsWith(root + path.sep)

/** Goes down part by part, so that no folder is ever made where a link leads out. */
async function step(root: string, at: string, part: string, named: string): Promise<string> {
  const next = path.join(at, part)
  const found = await lstat(next).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (!found) await mkdir(next, { mode: 0o750 }).catch(ignoreExisting)
  const real = await realpath(next)
  if (!isInside(root, real))
    throw new NotDelivered(
      `The folder ${named}: a link in it leads out of what DELIVERIES_FOLDER allows. Name another one.`,
    )
  return real
}

const ignoreExisting = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EEXIST') throw error
}

/**
 * @param folder relative to what is allowed; made where it is not there. Empty: that itself
 * @returns its own path, without links
 * @throws NotDelivered
 */
export async function allowedFolder(folder: string): Promise<string> {
  const root = await rootFolder()
  const parts = folder.split('/').filter(Boolean)
  if (path.isAbsolute(folder) || parts.some((part) => part === '.' || part === '..' || part.includes('\0')))
    throw new NotDelivered(`The folder ${folder}: name one below what DELIVERIES_FOLDER allows.`)
  try {
    let at = root
    for (const part of parts) at = await step(root, at, part, folder)
    if (!(await stat(at)).isDirectory()) throw new NotDelivered(`The folder ${folder}: it is no folder.`)
    return at
  } catch (error) {
    throw folderTrouble(error, folder)
  }
}
