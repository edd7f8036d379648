// Registers the laws that every connector has to keep as tests, one a law. A law is skipped only with a reason.
import { describe, test } from 'vitest'
import type { Connector } from '@/core/connector'
import { laws } from './conformance/laws'
import { Study } from './conformance/study'
import { LAW_NAMES, type World } from './conformance/world'

export { dropping, type World } from './conformance/world'
export { replay, type Recorded } from './conformance/replay'

/** The least that explains to a reader why something does not hold. */
const REASON_MIN = 15
/** The first law that asks for the faults waits for hundreds of looks; only what hangs is given up. */
const LAW_TIMEOUT_MS = 300_000

export function conformance<S>(connector: Connector<S>, world: World): void {
  for (const [what, why = ''] of Object.entries(world.skip ?? {}))
    if (why.length < REASON_MIN)
      throw new Error(`${what} is skipped without a reason that a reader can judge`)
  const study = new Study(connector as unknown as Connector, world)
  describe(`${connector.manifest.id} keeps the laws`, () => {
    for (const [what, why = ''] of Object.entries(world.skip ?? {})) {
      if (why.length < REASON_MIN)
        throw new Error(`${what} is skipped without a reason that a reader can judge`)
      if (!(what in laws)) test.skip(`${what} skipped: ${why}`, () => undefined)
    }
    for (const name of LAW_NAMES) {
      const reason = world.skip?.[name]
      if (reason === undefined) test(name, { timeout: LAW_TIMEOUT_MS }, () => laws[name](study))
      else test.skip(`${name} skipped: ${reason}`, () => undefined)
    }
  })
}
