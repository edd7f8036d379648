// How often links may be tried, by an address and by everybody: who goes on trying is answered as for a link that is none.

/** Within a minute. An address can be made up, so that all of them together have a bound as well. */
const OF_ONE = 10
const OF_ALL = 300
const WINDOW_MS = 60_000

export class Attempts {
  private begun = 0
  private all = 0
  private readonly by = new Map<string, number>()

  /** Counts it. What is kept is forgotten every minute, so that it does not grow. */
  may(address: string, now: Date): boolean {
    const at = now.getTime()
    if (at - this.begun >= WINDOW_MS || at < this.begun) {
      this.begun = at
      this.all = 0
      this.by.clear()
    }
    const own = (this.by.get(address) ?? 0) + 1
    this.all++
    if (this.all > OF_ALL) return false
    this.by.set(address, own)
    return own <= OF_ONE
  }
}
