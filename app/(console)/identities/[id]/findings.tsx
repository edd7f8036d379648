// What the rules say about this identity and its credentials: open first, then resolved.
import type { IdentityDetail } from '@/inventory/queries/types'
import { FindingList } from '@/app/_inventory/finding-list'
import { ButtonLink } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { ScoreShare } from './score-share'

type Props = { detail: IdentityDetail; mayAsk: boolean }
export function FindingsSection({ detail, mayAsk }: Props) {
  const { findings, evaluatedAt, identity } = detail
  const fails = findings.rows.some(
    ({ state, verdict, excepted }) => state === 'open' && verdict === 'fail' && !excepted,
  )
  return (
    <Section
      id="findings"
      title="Findings"
      aside={
        evaluatedAt ? (
          <>
            rules asked <Moment at={evaluatedAt} />
          </>
        ) : (
          'rules not asked yet'
        )
      }
    >
      <ScoreShare detail={detail} />
      <FindingList
        findings={findings.rows}
        none={
          evaluatedAt
            ? 'No rule has anything against it.'
            : 'The rules have not been asked about it yet. They are after each run.'
        }
        subjects
      />
      {findings.more && (
        <Link href={`/findings?q=${encodeURIComponent(identity.name)}`} className="link mt-2 inline-block">
          All findings about it
        </Link>
      )}
      {mayAsk && fails && (
        <p className="mt-2 print:hidden">
          <ButtonLink href={`/exceptions/new?identity=${identity.id}`}>Ask for an exception</ButtonLink>
        </p>
      )}
    </Section>
  )
}
