// Where two people differ, and who says what holds.
import { VERDICTS } from '@/core/campaign'
import type { Difference } from '@/governance/campaigns/differences'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { RiskWord } from '@/app/_reviews/risk-word'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { settle } from '../../actions'
import { decisionTitle } from '../../words'

const OPTIONS = [
  { value: '', title: 'Choose one' },
  ...VERDICTS.map((value) => ({ value, title: decisionTitle(value) })),
]

function Said({ who, one }: { who: string; one: Difference['first'] }) {
  return (
    <p className="[overflow-wrap:anywhere]">
      <span className="text-muted">{who}:</span>{' '}
      <span className="font-medium">{decisionTitle(one.decision)}</span>, {one.by} <Moment at={one.at} />
      {one.reason && `: ${one.reason}`}
    </p>
  )
}

function Settle({ id, one }: { id: string; one: Difference }) {
  if (one.involved)
    return (
      <p className="mt-1 text-caption text-muted">
        You are one of the two, or have something at stake: somebody else has to settle it.
      </p>
    )
  return (
    <ActionForm action={settle} label={`Settle ${one.name}`} className="mt-2 flex flex-col gap-3">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="item" value={one.item} />
      <div className="flex flex-wrap items-end gap-3">
        <SelectField name="as" label="What holds" options={OPTIONS} required className="w-48" />
        <TextField name="why" label="Why" required maxLength={2000} autoComplete="off" className="w-72" />
        <Submit look="plain" busy="Settling…">
          Settle
        </Submit>
      </div>
    </ActionForm>
  )
}

type Props = { id: string; rows: Difference[]; more: boolean; maySettle: boolean }
export function Differences({ id, rows, more, maySettle }: Props) {
  return (
    <Section
      id="differences"
      title="Where two people differ"
      lead="About what is equivalent to an administrator somebody has to say what holds before the close. What was drawn at random only tells how often two differ."
    >
      {rows.length === 0 && <p className="text-muted">No two people differ, as far as both have looked.</p>}
      <ul className="flex flex-col gap-2">
        {rows.map((one) => (
          <li key={one.item + one.why} className="rounded-lg border border-hairline px-3 py-2">
            <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
              <Link
                href={`/campaigns/${id}/items/${one.item}`}
                prefetch={false}
                className="link font-medium [overflow-wrap:anywhere]"
              >
                {one.name}
              </Link>
              <RiskWord tier={one.tier} />
              <span className="text-caption text-muted">
                {one.why === 'administrator' ? 'equivalent to an administrator' : 'drawn at random'}
              </span>
            </p>
            <Said who="First" one={one.first} />
            <Said who="Second" one={one.second} />
            {one.settled && (
              <p className="mt-1 [overflow-wrap:anywhere]">
                <span className="font-medium">Settled: {decisionTitle(one.settled.as)}</span>,{' '}
                {one.settled.by} <Moment at={one.settled.at} />: {one.settled.why}
              </p>
            )}
            {!one.settled && one.why === 'administrator' && maySettle && <Settle id={id} one={one} />}
          </li>
        ))}
      </ul>
      {more && <p className="mt-2 text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
