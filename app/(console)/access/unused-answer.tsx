// What of its rights an identity was seen using, grant by grant, what is not known of it, and what would be enough.
import type { GrantUse, UnusedAnswer } from '@/governance/access/unused/unused'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { count } from '@/app/_inventory/words'
import { CsvLink } from '@/app/_list/csv-link'
import { CopyText } from '@/app/_ui/copy-text'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { AnswerHead } from './answer-head'
import type { Fields } from './asked'

export const unusedOutcome = ({ grants }: UnusedAnswer): string =>
  `Answered: ${count(grants.length, 'grant')}, of ${grants.filter(({ use }) => use === 'told').length} of which something tells what was used.`

const SORTS = [
  ['notSeen', 'Not seen in use'],
  ['mayBe', 'May be in use'],
  ['seen', 'Seen in use'],
] as const

function Names({ title, names, all }: { title: string; names: readonly string[]; all: number }) {
  if (!all) return null
  return (
    <details>
      <summary className="min-h-6">
        <span className="link">{title}</span> <span className="tabular text-muted">({all})</span>
      </summary>
      <ul aria-label={title} className="mt-1 columns-1 gap-x-6 md:columns-2">
        {names.map((name) => (
          <li key={name} className="break-inside-avoid font-mono text-caption [overflow-wrap:anywhere]">
            {name}
          </li>
        ))}
      </ul>
      {all > names.length && <p className="text-caption text-muted">and {all - names.length} more</p>}
    </details>
  )
}

function Grant({ grant }: { grant: GrantUse }) {
  const { name, via, effect, use, window, why, counts, total } = grant
  return (
    <li className="flex flex-col gap-1 rounded-lg border border-hairline bg-surface p-3" data-use={use}>
      <h3 className="font-medium [overflow-wrap:anywhere]">
        {name}{' '}
        <span className="font-normal text-muted">
          ({via}
          {effect === 'limit' && ', a limit'})
        </span>
      </h3>
      {use === 'unknown' ? (
        <p>
          <span className="font-medium">Not known</span>
          {counts.unknown > 0 && ` of any of ${count(counts.unknown, 'right')}`}: {why}
        </p>
      ) : (
        <>
          <p className="text-muted">
            {window ? (
              <>
                Looked at from <Moment at={window.from} full /> to <Moment at={window.to} full />.
              </>
            ) : (
              'Looked at, and the time is not told.'
            )}{' '}
            {total !== undefined && `It gives ${count(total, 'right')} in all. `}
            {why}
          </p>
          <div className="flex flex-col gap-0.5">
            {SORTS.map(([key, title]) => (
              <Names key={key} title={title} names={grant[key]} all={counts[key]} />
            ))}
          </div>
        </>
      )}
    </li>
  )
}

function Proposal({ proposal }: { proposal: NonNullable<UnusedAnswer['proposal']> }) {
  const { made, why, files, notes, asked } = proposal
  return (
    <div className="mt-6">
      <h3 className="mb-1 text-section">What would be enough</h3>
      {made ? (
        <div className="flex flex-col gap-3">
          <p>
            {asked
              ? `Judged anew: it allows all ${count(asked, 'deed')} that ${asked === 1 ? 'was' : 'were'} seen. `
              : 'Nothing was seen that it would have to allow. '}
            What is done more seldom than was looked at may not be among it. Rollcall changes nothing itself.
          </p>
          {files.map(({ name, text }) => (
            <CopyText key={name} text={text} what={name} />
          ))}
          {notes.length > 0 && (
            <ul aria-label="Notes" className="list-disc pl-5 marker:text-muted">
              {notes.map((note) => (
                <li key={note} className="[overflow-wrap:anywhere]">
                  {note}
                </li>
              ))}
            </ul>
          )}
        </div>
      ) : (
        <Notice title="Nothing is proposed">{why}</Notice>
      )}
    </div>
  )
}

export function UnusedView({ answer, fields }: { answer: UnusedAnswer; fields: Fields }) {
  const { identity, grants, evidence, proposal, more, completeness, at } = answer
  return (
    <section aria-label="Answer" className="mt-5">
      <AnswerHead
        title={
          <>
            What{' '}
            <Link href={`/identities/${identity.id}`} className="link">
              {identity.name}
            </Link>{' '}
            in {identity.scope.name} was seen using of its rights
          </>
        }
        note={evidence}
        actions={grants.length > 0 && <CsvLink path="/api/v1/access/unused" params={{ ...fields }} />}
      />
      {more && (
        <div className="mb-3">
          <Notice tone="warn" title="There is more than is told here.">
            Lists of rights are cut, and so is what logs say of an identity that does very much.
          </Notice>
        </div>
      )}
      {grants.length ? (
        <ul aria-label="Grants" className="flex flex-col gap-3">
          {grants.map((grant) => (
            <Grant key={`${grant.name} ${grant.via} ${grant.effect}`} grant={grant} />
          ))}
        </ul>
      ) : (
        <p className="text-muted">No grant of it is held here. What was not seen may be one.</p>
      )}
      {proposal && <Proposal proposal={proposal} />}
      <footer className="mt-4 flex flex-col gap-1 border-t border-hairline pt-3">
        <CompletenessLine completeness={completeness} />
        <p className="text-caption text-muted">
          Analysed <Moment at={at} full />, from what is held now.
        </p>
      </footer>
    </section>
  )
}
