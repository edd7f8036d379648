// Whatever call breaks, however: nothing is retired, nothing new appears, other scopes are untouched, and coverage says which permission failed.
import { holds, names, type Law } from '../law'
import { REPORTED_AS } from '../faults'
import { partsSeenOtherwise } from '../parts'
import type { FaultRun, Study } from '../study'

export const faultMatrix: Law = async (study) => {
  for (const broken of await study.faults()) await survives(study, broken)
}

async function survives(study: Study, { call, fault, label, run, crash, callers }: FaultRun): Promise<void> {
  holds(
    run,
    'fault-matrix',
    `${label}: the run crashed: ${crash instanceof Error ? crash.stack : String(crash)}`,
  )
  const calm = await study.calm()
  const { changes } = study.machine.apply(calm.state, run.events, study.later)
  for (const { type, kind, nativeId, scope } of changes) {
    const what = `${label}: ${kind} ${nativeId} of scope ${scope}`
    holds(type !== 'retired', 'fault-matrix', `${what} was retired`)
    holds(type !== 'created' && type !== 'restored', 'fault-matrix', `${what} appeared`)
    holds(
      callers.has(scope) || callers.has(null),
      'fault-matrix',
      `${what} was touched by a call of another scope`,
    )
  }
  holds(
    names(run.events, call.permission, [REPORTED_AS[fault]]),
    'fault-matrix',
    `${label}: no coverage says that ${call.permission} was ${REPORTED_AS[fault]}`,
  )
  if (callers.has(null)) return
  const elsewhere = run.parts.filter(({ scope }) => !callers.has(scope))
  const [otherwise] = partsSeenOtherwise(calm, run, elsewhere)
  holds(!otherwise, 'fault-matrix', `${label}: scope ${otherwise?.scope} was seen otherwise`)
}
