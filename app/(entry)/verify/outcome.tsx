'use client'
// What came of a check: in words, what the pack says of itself, and its files.
import { useEffect, useRef, type ReactNode } from 'react'
import type { CheckedCountersignature } from '@/evidence/verify/verify-countersignature'
import type { Checked } from '@/evidence/verify/verify-pack'
import { DataTable, type Column } from '@/app/_list/data-table'
import { CopyButton } from '@/app/_ui/copy-button'
import { absolute } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { Countersigned } from './countersigned'
import { fileLines, headline, sizeWords, type FileLine } from './outcome-words'

const SHOWN_MAX = 200

const COLUMNS: Column<FileLine>[] = [
  {
    key: 'state',
    title: 'State',
    cell: ({ tone, state }) => <StateWord tone={tone}>{state}</StateWord>,
  },
  {
    key: 'name',
    title: 'File',
    className: 'min-w-48',
    cell: ({ name }) => <span className="[overflow-wrap:anywhere]">{name}</span>,
  },
  { key: 'rows', title: 'Rows', numeric: true, cell: ({ rows }) => rows?.toLocaleString('en') ?? '–' },
  {
    key: 'bytes',
    title: 'Size',
    numeric: true,
    cell: ({ bytes }) => (
      <span className="whitespace-nowrap">{bytes === undefined ? '–' : sizeWords(bytes)}</span>
    ),
  },
  {
    key: 'sha256',
    title: 'SHA-256',
    cell: ({ sha256, name }) =>
      sha256 ? (
        <span className="inline-flex items-center gap-1 font-mono text-caption whitespace-nowrap">
          {sha256.slice(0, 16)}…
          <CopyButton text={sha256} what={`the SHA-256 of ${name}`} />
        </span>
      ) : (
        '–'
      ),
  },
]

function Facts({ checked: { manifest, seal } }: { checked: Checked }) {
  const code = (text: string, what: string): ReactNode => (
    <span className="font-mono text-caption [overflow-wrap:anywhere]">
      {text} <CopyButton text={text} what={what} />
    </span>
  )
  const facts: [string, ReactNode][] = [
    ...(manifest ? ([['Title', <bdi key="title">{manifest.title}</bdi>]] as [string, ReactNode][]) : []),
    ...(seal
      ? ([
          ['Sealed', absolute(seal.at)],
          ['Sealed with key', code(seal.key, 'the key')],
          ['SHA-256 of what is sealed', code(seal.sha256, 'the SHA-256 of what is sealed')],
        ] as [string, ReactNode][])
      : []),
    ...(manifest
      ? ([
          ['Built by', <bdi key="by">{manifest.by.name}</bdi>],
          ['Made with', `${manifest.product.name} ${manifest.product.version}`],
          ...(manifest.activityHead
            ? [['End of the activity log', code(manifest.activityHead, 'the end of the activity log')]]
            : []),
        ] as [string, ReactNode][])
      : []),
  ]
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[max-content_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:mt-1">{name}</dt>
          <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

type Props = { name: string; checked: Checked; countersigned?: CheckedCountersignature }
export function Outcome({ name, checked, countersigned }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [checked])
  const { problems, manifest } = checked
  const { tone, title, then } = headline(checked)
  const lines = fileLines(checked)
  const shown = problems.slice(0, SHOWN_MAX)
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <h2 ref={heading} tabIndex={-1} className="text-section [overflow-wrap:anywhere]">
          Result for <bdi>{name}</bdi>
        </h2>
        <Notice tone={tone} title={title}>
          <p>{then}</p>
          {shown.length > 0 && (
            <ul className="mt-2 list-disc pl-4">
              {shown.map(({ words }, n) => (
                <li key={n}>{words}</li>
              ))}
            </ul>
          )}
          {problems.length > SHOWN_MAX && <p>{problems.length - SHOWN_MAX} more of the kind.</p>}
        </Notice>
        {countersigned && <Countersigned checked={countersigned} />}
        {manifest && !manifest.complete && (
          <Notice tone="warn" title="It says of itself that it is INCOMPLETE. Not seen:">
            <ul className="list-disc pl-4">
              {manifest.gaps.slice(0, SHOWN_MAX).map((gap, n) => (
                <li key={n}>{gap}</li>
              ))}
            </ul>
            {manifest.gaps.length > SHOWN_MAX && <p>{manifest.gaps.length - SHOWN_MAX} more.</p>}
          </Notice>
        )}
      </div>
      {checked.seal && (
        <Section
          id="facts"
          title="What it says of itself"
          {...(problems.length > 0 && {
            lead: 'As long as it does not fit its seal, none of this is proven.',
          })}
        >
          <Facts checked={checked} />
        </Section>
      )}
      {lines.length > 0 && (
        <Section id="files" title="Files">
          <DataTable
            caption="Files of the pack"
            columns={COLUMNS}
            rows={lines}
            rowKey={(line) => line.name}
          />
        </Section>
      )}
    </div>
  )
}
