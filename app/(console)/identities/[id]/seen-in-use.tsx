// What was seen in use of a grant: how much of it, in which window, and by name. What is not listed was not seen, and no more.
import { FactValue } from '@/app/_inventory/fact-value'
import { count } from '@/app/_inventory/words'
import { absolute } from '@/app/_ui/moment'
import type { Exercised } from '@/core/observation'
import type { GrantView } from '@/inventory/queries/types'

/** Named at most; the API has them all. */
const NAMED_MAX = 50

const share = ({ actions, total }: Exercised): string =>
  total === undefined
    ? count(actions.length, 'permission')
    : `${actions.length.toLocaleString('en')} of ${count(total, 'permission')}`

function Seen({ seen }: { seen: Exercised }) {
  const { from, to, actions, unseen, total } = seen
  const window = `${absolute(from, false)} to ${absolute(to, false)}`
  // A source that does not count what there is keeps silent of a part of it.
  const part = unseen && total === undefined ? ' of those it tells about' : ''
  if (!actions.length)
    return (
      <span>
        None seen{part}, {window}
      </span>
    )
  const more = actions.length - NAMED_MAX
  return (
    <details>
      <summary>
        {share(seen)}, {window}
      </summary>
      <ul className="text-caption text-muted [overflow-wrap:anywhere]">
        {actions.slice(0, NAMED_MAX).map((action) => (
          <li key={action}>{action}</li>
        ))}
        {more > 0 && <li>and {more.toLocaleString('en')} more</li>}
      </ul>
    </details>
  )
}

export function SeenInUse({ grant: { exercised } }: { grant: GrantView }) {
  return exercised ? (
    <FactValue fact={exercised} show={(seen) => <Seen seen={seen} />} />
  ) : (
    <span className="text-muted">The source does not tell</span>
  )
}
