// Follows a pack to its end, and builds it in this process where no worker is there to do it.
import { setTimeout as wait } from 'node:timers/promises'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { health } from '@/governance/health'
import { cancelPack } from '@/governance/packs/asking/cancel'
import { packView, type PackView } from '@/governance/packs/asking/list'
import { isEnded, standingOf } from '@/governance/packs/asking/standing'
import { startWorker, type RunningWorker } from '@/jobs/run-worker'
import type { Output } from './output'

const ASK_EVERY_MS = 300

/** The first Ctrl-C cancels it, the second only stops waiting. */
export async function followPack(
  { actor, out }: { actor: Actor; out: Output },
  id: string,
): Promise<PackView> {
  const waiting = new AbortController()
  let asked = false
  const interrupt = () => {
    if (asked) return waiting.abort(new RollcallError('limited', `Stopped waiting for the pack ${id}.`))
    asked = true
    out.say('Cancelling the pack. Press Ctrl-C again to stop waiting.')
    cancelPack(actor, { id }).catch(() => out.say('The pack could not be cancelled.'))
  }
  process.on('SIGINT', interrupt)
  let own: RunningWorker | undefined
  let told = ''
  try {
    for (;;) {
      waiting.signal.throwIfAborted()
      const pack = await packView(actor, id)
      const words = standingOf(pack)
      if (words !== told) out.say(words)
      told = words
      if (isEnded(pack)) return pack
      // Asked every time: a worker that was there may have died since.
      if (!own && (await health()).worker === 'missing')
        own = await startWorker({ log: (line) => out.say(line) })
      await wait(ASK_EVERY_MS)
    }
  } finally {
    process.off('SIGINT', interrupt)
    await own?.stop()
  }
}
