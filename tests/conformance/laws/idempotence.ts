// A second identical look, later, plans nothing.
import { holds, type Law } from '../law'

export const idempotence: Law = async (study) => {
  const { state } = await study.calm()
  const { events } = await study.run(study.world.transport(), { now: study.later })
  const [change, ...more] = study.machine.apply(state, events, study.later).changes
  holds(
    !change,
    'idempotence',
    `looking again at the same estate, ${change?.kind} ${change?.nativeId} is ${change?.type}, and ${more.length} more`,
  )
}
