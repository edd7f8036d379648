// How far a pack is, written down now and then: each time it is also learnt whether it is still wanted.
import type { Prisma } from '@/prisma/client'
import { db } from '@/prisma/client'

const EVERY_MS = 1000

/** It was cancelled, or another try has taken its place: nothing of it is wanted any more. */
export class TakenBack extends Error {
  constructor() {
    super('The pack is not wanted any more.')
  }
}

export type FileProgress = { file: string; rows: number; done: boolean }

export class Progress {
  private readonly files: FileProgress[]
  private bytes = 0
  private saidAt = 0

  constructor(
    private readonly pack: { id: string; attempt: number },
    files: readonly string[],
    private readonly signal: AbortSignal,
  ) {
    this.files = files.map((file) => ({ file, rows: 0, done: false }))
  }

  private of(file: string): FileProgress {
    const found = this.files.find((one) => one.file === file)
    if (!found) throw new Error(`${file} is not a file of this pack`)
    return found
  }
  wrote(file: string, rows: number): void {
    this.of(file).rows += rows
  }
  rowsOf(file: string): number {
    return this.of(file).rows
  }
  async done(file: string): Promise<void> {
    this.of(file).done = true
    await this.say()
  }
  stored(bytes: number): void {
    this.bytes += bytes
  }

  /** Called with every piece that goes by. */
  async goOn(): Promise<void> {
    this.signal.throwIfAborted()
    if (Date.now() - this.saidAt >= EVERY_MS) await this.say()
  }

  /** @throws TakenBack */
  async say(): Promise<void> {
    this.signal.throwIfAborted()
    this.saidAt = Date.now()
    const { count } = await db.pack.updateMany({
      where: { ...this.pack, state: 'building' },
      data: { progress: this.files as unknown as Prisma.InputJsonValue, bytes: this.bytes },
    })
    if (!count) throw new TakenBack()
  }
}
