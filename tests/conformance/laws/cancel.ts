// A cancelled run stops within two calls, says that it was cancelled, and retires nothing.
import { coverages, holds, type Law } from '../law'
import type { Transport } from '@/core/upstream'

const PLACES_MAX = 12

export const cancel: Law = async (study) => {
  const { calls, state } = await study.calm()
  const step = Math.max(1, Math.ceil(calls.length / PLACES_MAX))
  for (let at = 1; at <= calls.length; at += step) {
    const controller = new AbortController()
    const run = await study.run(cancelling(study.world.transport(), controller, at), {
      signal: controller.signal,
    })
    const label = `cancelled during call ${at} of ${calls.length}`
    holds(run.calls.length <= at + 2, 'cancel', `${label}, it made ${run.calls.length - at} more calls`)
    const { changes } = study.machine.apply(state, run.events, study.later)
    const retired = changes.find(({ type }) => type === 'retired')
    holds(!retired, 'cancel', `${label}, ${retired?.kind} ${retired?.nativeId} was retired`)
    const says = coverages(run.events).some(
      ({ coverage: c }) => c.state === 'partial' && c.why === 'cancelled',
    )
    holds(says || at === calls.length, 'cancel', `${label}, and no coverage says so`)
  }
}

/** Cancels while the nth call is under way, and lets that call end well. */
function cancelling(transport: Transport, controller: AbortController, nth: number): Transport {
  let count = 0
  return {
    send: (permission, params, signal) => {
      if (++count === nth) controller.abort()
      return transport.send(permission, params, signal)
    },
    explain: (error) => transport.explain(error),
  }
}
