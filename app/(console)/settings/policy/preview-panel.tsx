'use client'
// What a draft would change, and saving it. Counts that are only a least say so.
import type { FormAction } from '@/app/_form/form-state'
import { ActionForm } from '@/app/_form/action-form'
import { TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { subjectHref, subjectPrefix } from '@/app/_inventory/finding-subject'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Button } from '@/app/_ui/button'
import { Link } from '@/app/_ui/link'
import { Notice } from '@/app/_ui/notice'
import { SeverityBadge } from '@/app/_ui/severity'
import type { Moved, Said } from '@/governance/policy/compare-verdicts'
import type { Preview } from '@/governance/policy/preview-policy'
import {
  declaredWords,
  failuresWords,
  leastWords,
  lookedWords,
  saidWords,
  totalWords,
} from '@/governance/policy/preview-words'
import type { Draft } from './draft'
import type { Previewing } from './use-preview'

type Titles = Readonly<Record<string, string>>

function SaidCell({ said }: { said: Said }) {
  if (said.state !== 'fail' || !said.severity)
    return <span className="whitespace-nowrap">{saidWords(said)}</span>
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      fails <SeverityBadge severity={said.severity} />
    </span>
  )
}

function Some({ move: { some, count } }: { move: Moved }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {some.map((subject, at) => (
        <span key={subject.id}>
          {at > 0 && ', '}
          {subjectPrefix(subject)}
          <Link href={subjectHref(subject)} className="link" prefetch={false} target="_blank">
            {subject.name}
          </Link>
        </span>
      ))}
      {count > some.length && ', …'}
    </span>
  )
}

const columns = (titles: Titles, isWhole: boolean): Column<Moved>[] => [
  {
    key: 'rule',
    title: 'Rule',
    cell: ({ ruleId }) => <span className="block min-w-40">{titles[ruleId] ?? ruleId}</span>,
  },
  { key: 'now', title: 'Now', cell: ({ from }) => <SaidCell said={from} /> },
  { key: 'then', title: 'Then', cell: ({ to }) => <SaidCell said={to} /> },
  {
    key: 'count',
    title: 'How many',
    numeric: true,
    cell: ({ count }) => <span className="tabular whitespace-nowrap">{leastWords(count, isWhole)}</span>,
  },
  { key: 'some', title: 'Such as', cell: (move) => <Some move={move} /> },
]

function Told({ preview, titles, onWhole }: { preview: Preview; titles: Titles; onWhole: () => void }) {
  const { moves, isWhole, warnings, declared } = preview
  return (
    <>
      <p className="text-section font-medium">{totalWords(preview)}</p>
      <p>{failuresWords(preview)}</p>
      <p className="text-muted">{lookedWords(preview)}</p>
      {!isWhole && (
        <div>
          <Button onClick={onWhole}>Look at everything</Button>
        </div>
      )}
      {(warnings.length > 0 || declared.length > 0) && (
        <Notice tone={warnings.length ? 'warn' : 'info'} title="Before you save">
          <ul className="mt-1 list-disc pl-4">
            {warnings.map(({ path, message }) => (
              <li key={path}>
                <span className="font-mono text-caption">{path}: </span>
                {message}
              </li>
            ))}
            {declared.map((one) => (
              <li key={one.identity}>{declaredWords(one, isWhole)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {moves.length > 0 && (
        <DataTable
          caption="Verdicts that would be others"
          columns={columns(titles, isWhole)}
          rows={moves}
          rowKey={({ ruleId, from, to }) => `${ruleId} ${saidWords(from)} ${saidWords(to)}`}
        />
      )}
    </>
  )
}

type SaveProps = { sent: Draft; base: number; action: FormAction }
function Save({ sent, base, action }: SaveProps) {
  return (
    <ActionForm action={action} label="Save the policy" quiet className="flex max-w-120 flex-col gap-3">
      <input type="hidden" name="policy" value={JSON.stringify(sent)} />
      <input type="hidden" name="base" value={base} />
      <TextField
        name="note"
        label="Why"
        required
        minLength={3}
        maxLength={1000}
        autoComplete="off"
        hint="Kept with the version, for those who look at it later."
      />
      <div>
        <Submit busy="Saving…">Save as version {base + 1}</Submit>
      </div>
    </ActionForm>
  )
}

const count = (n: number) => n.toLocaleString('en')
function Busy({ looked, of, cancel }: { looked?: number; of?: number; cancel: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="tabular">
        {looked === undefined || of === undefined
          ? 'Looking…'
          : `Looked at ${count(looked)} of ${count(of)}…`}
      </p>
      {!!of && <progress value={looked} max={of} aria-label="Looked at" className="w-48" />}
      <Button onClick={cancel}>Cancel</Button>
    </div>
  )
}

type Props = {
  previewing: Previewing
  /** Whether something was typed since it was asked. */
  isOld: boolean
  base: number
  titles: Titles
  action: FormAction
  onWhole: () => void
  cancel: () => void
}
export function PreviewPanel({ previewing, isOld, base, titles, action, onWhole, cancel }: Props) {
  if (previewing.state === 'none') return null
  return (
    <section
      id="preview"
      aria-label="Preview"
      className="mt-6 flex scroll-mt-28 flex-col gap-3 rounded-lg border border-control bg-surface p-4"
    >
      <h2 className="text-section">What saving would change</h2>
      {previewing.state === 'busy' && <Busy {...previewing} cancel={cancel} />}
      {previewing.state === 'failed' && (
        <Notice
          role="alert"
          tone="danger"
          title={previewing.issues.length ? 'Nothing was saved. Check these fields.' : previewing.message}
        >
          {previewing.issues.length > 0 && (
            <ul className="mt-1 list-disc pl-4">
              {previewing.issues.map(({ path, message }) => (
                <li key={path + message}>
                  <span className="font-mono text-caption">{path}: </span>
                  {message}
                </li>
              ))}
            </ul>
          )}
        </Notice>
      )}
      {previewing.state === 'told' && (
        <>
          <Told preview={previewing.preview} titles={titles} onWhole={onWhole} />
          {isOld ? (
            <p className="font-medium">Something was changed since: preview again before you save.</p>
          ) : (
            <Save sent={previewing.sent} base={base} action={action} />
          )}
        </>
      )}
    </section>
  )
}
