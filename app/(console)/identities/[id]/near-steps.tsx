// The drawing of who is near in words: each step with its reasons, and the questions that lead further.
import type { Neighbours } from '@/governance/access/questions/neighbours'
import type { StepView } from '@/governance/access/questions/views'
import type { IdentityDetail } from '@/inventory/queries/types'
import { accessHref } from '@/app/_access/address'
import { StepLines } from '@/app/_access/step-lines'
import { count } from '@/app/_inventory/words'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'

function Steps({ title, steps, left }: { title: string; steps: readonly StepView[]; left: number }) {
  if (!steps.length) return null
  return (
    <div className="mt-3">
      <h4 className="mb-1 text-caption font-medium text-muted">{title}</h4>
      <StepLines steps={steps} label={title} />
      {left > 0 && <p className="mt-1 text-caption text-muted">and {left.toLocaleString('en')} more</p>}
    </div>
  )
}

type Props = { identity: IdentityDetail['identity']; near: Neighbours }
export function NearSteps({ identity, near }: Props) {
  const { before, after, everything, administrators, analysedAt } = near
  const into = before.rows.map(({ step }) => step)
  const from = [...everything, ...after.rows].map(({ step }) => step)
  return (
    <div className="mt-2 flex flex-col gap-1">
      {administrators.count > 0 && (
        <p className="text-muted">
          {count(administrators.count, 'administrator')} of {identity.scope.name} can act as it as well.
        </p>
      )}
      <ul aria-label="Questions about it" className="flex flex-wrap gap-x-5 gap-y-1 print:hidden">
        {(
          [
            ['Who can become it?', accessHref('become', { identity: identity.id })],
            ['How far does it reach?', accessHref('reach', { from: identity.id })],
            ['Can it …?', accessHref('can', { identity: identity.id })],
            ['Where to cut the ways to it?', accessHref('cut', { to: identity.id })],
            ['What is not used?', accessHref('unused', { identity: identity.id, propose: 'true' })],
          ] as const
        ).map(([words, href]) => (
          <li key={words}>
            <Link href={href} prefetch={false} className="link inline-flex min-h-6 items-center">
              {words}
            </Link>
          </li>
        ))}
      </ul>
      {into.length + from.length > 0 && (
        <details>
          <summary className="link inline-flex min-h-6 items-center">Each step in words</summary>
          <Steps title="Steps to it" steps={into} left={before.count - before.rows.length} />
          <Steps title="Steps from it" steps={from} left={after.count - after.rows.length} />
        </details>
      )}
      <p className="text-caption text-muted">
        {analysedAt ? (
          <>
            {identity.scope.name} was analysed <Moment at={analysedAt} full />. Sources that are not connected
            may hold more.
          </>
        ) : (
          'Who can become whom has not been worked out here yet: that follows the first read.'
        )}
      </p>
    </div>
  )
}
