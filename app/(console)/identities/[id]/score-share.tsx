// What it does to the score, in a line.
import { shareWords } from '@/governance/score/identity-share'
import type { IdentityDetail } from '@/inventory/queries/types'
import { Link } from '@/app/_ui/link'

export function ScoreShare({
  detail: { identity, facts, findings, evaluatedAt },
}: {
  detail: IdentityDetail
}) {
  const { privilege } = facts
  const words = shareWords({
    class: identity.class,
    retired: identity.retiredAt !== undefined,
    judged: evaluatedAt !== undefined,
    privilege:
      privilege.state === 'known' ? privilege.value.class : privilege.state === 'absent' ? 'none' : 'unknown',
    findings: findings.rows,
  })
  if (!words) return null
  return (
    <p className="mb-2 text-ui text-muted">
      {words}{' '}
      <Link href="/score" className="link">
        Score
      </Link>
    </p>
  )
}
