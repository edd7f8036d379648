// How long a piece of work keeps a processor busy, and how much of the heap it fills: what others do on the machine counts less.
import { mib } from '../contract'

export type Spent = { cpuSeconds: number; seconds: number }

/** Of this process only: what the database does meanwhile is in the seconds. */
export async function spentOn<T>(work: () => T | Promise<T>): Promise<Spent & { value: T }> {
  const began = performance.now()
  const before = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  return { cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - began) / 1000, value }
}

/** The most of the heap that was in use whenever it was looked at. */
export class Heap {
  private most = 0
  look(): void {
    this.most = Math.max(this.most, process.memoryUsage().heapUsed)
  }
  get peakMiB(): number {
    this.look()
    return mib(this.most)
  }
}
