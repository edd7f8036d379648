// Keeps calls to a service within a limit that it states, so that it never has to refuse.
import type { Pace } from './call'

/**
 * Reports: 5 requests per 10 s for each application and tenant. Resource Graph: 15 per 5 s for each user, and what its
 * answers say is left.
 */
const LIMITS: Readonly<Record<Pace, { calls: number; ms: number }>> = {
  reports: { calls: 5, ms: 10_000 },
  'resource-graph': { calls: 15, ms: 5_000 },
}

export class Pacer {
  private readonly sent = new Map<Pace, number[]>()
  private readonly held = new Map<Pace, number>()

  constructor(private readonly clock: () => number = Date.now) {}

  /** How long to wait before a call, in milliseconds; 0 counts it as sent. */
  take(pace: Pace): number {
    const now = this.clock()
    const { calls, ms } = LIMITS[pace]
    const held = this.held.get(pace) ?? 0
    if (held > now) return held - now
    const recent = (this.sent.get(pace) ?? []).filter((at) => at > now - ms)
    this.sent.set(pace, recent)
    const oldest = recent[recent.length - calls]
    if (oldest !== undefined) return oldest + ms - now
    recent.push(now)
    return 0
  }

  /** The service says that nothing is left for so long. */
  hold(pace: Pace, ms: number): void {
    this.held.set(pace, this.clock() + ms)
  }
}
