// Where packs are kept: a folder that web server and workers share, in which only this account can read.
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { env } from '@/env'

/** Nothing else in the folder is ours to touch. */
const OURS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+\.(?:zip|part)$/

const folder = () => path.resolve(env.packsFolder)
const place = (name: string) => path.join(folder(), name)
/** Each try has names of its own: one that was taken for dead cannot write into what another one writes. */
const nameOf = (id: string, attempt: number, ending: 'zip' | 'part') => `${id}-${attempt}.${ending}`

/** A file that is being written. It can be read under its own name only once it is whole and on the disk. */
export type Unfinished = {
  write: (chunk: Uint8Array) => Promise<void>
  finish: () => Promise<void>
  /** Leaves nothing of it. */
  drop: () => Promise<void>
}

async function syncFolder(): Promise<void> {
  // A folder cannot be opened everywhere; where it can, the new name survives a loss of power.
  const held = await open(folder(), 'r').catch(() => undefined)
  await held?.sync().catch(() => {})
  await held?.close()
}

export async function beginFile(id: string, attempt: number): Promise<Unfinished> {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  const part = place(nameOf(id, attempt, 'part'))
  const whole = place(nameOf(id, attempt, 'zip'))
  let handle: FileHandle | undefined = await open(part, 'w', 0o600)
  const close = async () => {
    await handle?.close()
    handle = undefined
  }
  return {
    write: async (chunk) => handle?.writeFile(chunk),
    async finish() {
      await handle?.sync()
      await close()
      await rename(part, whole)
      await syncFolder()
    },
    async drop() {
      await close().catch(() => {})
      await rm(part, { force: true })
      await rm(whole, { force: true })
    },
  }
}

/** Undefined where it is not there. */
export async function readWhole(
  id: string,
  attempt: number,
): Promise<{ bytes: number; stream: () => Readable } | undefined> {
  const file = place(nameOf(id, attempt, 'zip'))
  const found = await stat(file).catch(() => undefined)
  return found && { bytes: found.size, stream: () => createReadStream(file) }
}

export const removeWhole = (id: string, attempt: number): Promise<void> =>
  rm(place(nameOf(id, attempt, 'zip')), { force: true })

/**
 * Removes files that nobody wants any more. What is not named stays: it may belong to another installation.
 * @param unwanted those of the files, as `<id>-<attempt>`
 * @returns how many were removed
 */
export async function sweepFolder(
  unwanted: (files: readonly { id: string; attempt: number }[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const names = (await readdir(folder()).catch(() => [])).filter((name) => OURS.test(name))
  const files = names.map((name) => ({
    name,
    id: name.slice(0, 36),
    attempt: Number(/^-(\d+)\./.exec(name.slice(36))?.[1]),
  }))
  const going = names.length ? await unwanted(files) : new Set<string>()
  const gone = files.filter(({ id, attempt }) => going.has(`${id}-${attempt}`))
  for (const { name } of gone) await rm(place(name), { force: true })
  return gone.length
}
