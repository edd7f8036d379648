// What the pack would hold: rows of each file, what was not seen, and each source reconciled. And the button that builds it.
import type { PackInput } from '@/governance/packs/asking/input'
import type { Preview } from '@/governance/packs/asking/preview'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { kindTitle } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { absolute, Moment } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { build } from '../actions'

const GAPS_SHOWN = 20
type File = Preview['files'][number]
type Source = NonNullable<Preview['seen']>['sources'][number]

const number = (n: number) => n.toLocaleString('en')
const unknown = <span className="text-muted">Not told</span>

const FILES: Column<File>[] = [
  { key: 'file', title: 'File', cell: ({ file }) => <span className="font-mono text-caption">{file}</span> },
  {
    key: 'rows',
    title: 'Rows',
    numeric: true,
    cell: ({ rows, isMore, isOpen }) =>
      isOpen ? (
        <span className="text-muted">Not counted in time</span>
      ) : rows === undefined ? (
        <span className="text-muted">No list</span>
      ) : (
        `${number(rows)}${isMore ? '+' : ''}`
      ),
  },
  { key: 'about', title: 'What', cell: ({ about }) => about },
]

const SOURCES: Column<Source>[] = [
  {
    key: 'source',
    title: 'Source',
    cell: ({ connection, scope, kind }) => (
      <span className="block min-w-44">
        {connection}
        <span className="block text-caption text-muted">
          {kindTitle(kind)} of {scope}
        </span>
      </span>
    ),
  },
  {
    key: 'reported',
    title: 'It reports',
    numeric: true,
    cell: ({ reported }) => (reported === undefined ? unknown : number(reported)),
  },
  {
    key: 'read',
    title: 'Read',
    numeric: true,
    cell: ({ read }) => (read === undefined ? unknown : number(read)),
  },
  { key: 'held', title: 'Held', numeric: true, cell: ({ held }) => number(held) },
  {
    key: 'excluded',
    title: 'Left out',
    cell: ({ excluded }) =>
      excluded.length ? (
        <span className="block min-w-40 whitespace-normal">
          {excluded.map(({ count, why }) => `${number(count)}: ${why}`).join('; ')}
        </span>
      ) : (
        'Nothing'
      ),
  },
  {
    key: 'refused',
    title: 'Refused calls',
    cell: ({ refused }) =>
      refused.length ? (
        <span className="block min-w-56 [overflow-wrap:anywhere] whitespace-normal">
          {refused.map(({ call, times }) => `${call} (${number(times)})`).join('; ')}
        </span>
      ) : (
        'None'
      ),
  },
  {
    key: 'state',
    title: 'Last look',
    cell: ({ state, why }) => (
      <>
        <StateWord tone={state === 'complete' ? 'ok' : state === 'partial' ? 'warn' : 'unknown'}>
          {state === 'complete' ? 'Complete' : state === 'partial' ? 'With gaps' : 'Never'}
        </StateWord>
        {why && <span className="block text-caption text-muted">{why}</span>}
      </>
    ),
  },
  {
    key: 'complete',
    title: 'Last complete',
    cell: ({ completeAt }) =>
      completeAt ? <Moment at={completeAt} /> : <span className="text-muted">Never</span>,
  },
]

function Seen({ seen }: Pick<Preview, 'seen'>) {
  if (!seen)
    return (
      <Notice tone="warn" title="What was not seen could not be worked out in time">
        There is much to look at. The pack itself says it, on every page where it matters.
      </Notice>
    )
  if (seen.complete)
    return (
      <Notice title="Everything was seen that it is about">
        {seen.oldest && <>The oldest complete look it rests on is of {absolute(seen.oldest)}.</>}
      </Notice>
    )
  const more = seen.gaps.length - GAPS_SHOWN
  return (
    <Notice tone="warn" title="It can be built, and says on every page that it is not complete">
      <p className="font-mono text-caption">{seen.stamp}</p>
      <ul className="mt-1 list-disc pl-4">
        {seen.gaps.slice(0, GAPS_SHOWN).map((gap) => (
          <li key={gap}>{gap}</li>
        ))}
        {more > 0 && <li>and {number(more)} more, all of which the pack names</li>}
      </ul>
    </Notice>
  )
}

type Props = { preview: Preview; question: PackInput }
export function PreviewOf({ preview: { title, settled, files, seen }, question }: Props) {
  const { asOf, known, from, withheld = [] } = settled
  return (
    <>
      <Section
        id="preview"
        title={title}
        lead={`${from ? `From ${absolute(from)} to` : 'As of'} ${absolute(asOf)}, as known at ${absolute(known)}.`}
      >
        <div className="flex flex-col gap-3">
          <Seen seen={seen} />
          {withheld.length > 0 && (
            <Notice>
              {withheld.join(', ')} {withheld.length === 1 ? 'is' : 'are'} left out: not for your role.
            </Notice>
          )}
          <DataTable caption="Files" columns={FILES} rows={files} rowKey={({ id }) => id} />
        </div>
      </Section>
      {seen && seen.sources.length > 0 && (
        <Section
          id="reconciliation"
          title="Sources, reconciled"
          lead="What each says that there is, what was read, and what is held. Where a source tells no number, that is said, and nothing is made up."
        >
          <DataTable
            caption="Sources, reconciled"
            columns={SOURCES}
            rows={seen.sources}
            rowKey={({ scopeNativeId, kind, connection }) => `${connection} ${scopeNativeId} ${kind}`}
          />
        </Section>
      )}
      <ActionForm action={build} label="Build the pack" className="mt-6">
        {/* The moment that was looked at, not the one when the button is pressed. */}
        <input
          type="hidden"
          name="question"
          value={JSON.stringify({ ...question, asOf, ...(known !== asOf && { known }) })}
        />
        <Submit busy="Asking…">Build the pack</Submit>
      </ActionForm>
    </>
  )
}
