// An empty account is seen completely, and is told from one where every listing was refused.
import type { Connector } from '@/core/connector'
import type { Coverage } from '@/core/upstream'
import { coverages, holds, names, observed, type Law } from '../law'

/** What says of itself that it is never whole cannot be complete, and has nothing to answer when there is no log. */
const canOnlyAdd = ({ streams }: Connector, stream: string | null, coverage: Coverage): boolean =>
  stream !== null &&
  streams[stream]?.neverWhole !== undefined &&
  coverage.state === 'partial' &&
  coverage.why === 'not-offered'

export const empty: Law = async (study) => {
  const { world } = study
  holds(
    world.empty,
    'empty',
    'give world.empty, the source with nothing in it, or skip this law with a reason',
  )
  const run = await study.run(world.empty())
  for (const { where, stream, coverage: c } of coverages(run.events)) {
    if (canOnlyAdd(study.connector, stream, c)) continue
    const why = c.state === 'partial' ? c.detail : c.gaps[0]?.detail
    holds(
      c.state === 'complete' && !c.gaps.length,
      'empty',
      `${where} of an empty source is not complete: ${why}`,
    )
  }
  const full = await study.calm()
  const found = observed(run.events).length
  holds(
    found < observed(full.events).length,
    'empty',
    `the empty source gives ${found} observations, as the full one`,
  )
  for (const denied of await study.breakAll(run, world.empty, ['denied'])) {
    const says = denied.run && names(denied.run.events, denied.call.permission, ['denied'])
    holds(says, 'empty', `${denied.label} looks the same as nothing being there`)
  }
}
