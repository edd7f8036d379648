'use client'
// The answer of a connection test: each permission, whether it is there, what is lost without it, and how to get it.
import { useEffect, useRef } from 'react'
import type { AccessLine, AccessReport } from '@/governance/connections/check-access'
import { useForm } from '@/app/_form/action-form'
import { Notice } from '@/app/_ui/notice'
import { StateWord, type Tone } from '@/app/_ui/state-word'

const STATES: Record<AccessLine['state'], { tone: Tone; word: string }> = {
  allowed: { tone: 'ok', word: 'Allowed' },
  denied: { tone: 'denied', word: 'Denied' },
  failed: { tone: 'danger', word: 'Failed' },
  'not-tried': { tone: 'unknown', word: 'Not tried' },
}

function Line({ line }: { line: AccessLine }) {
  const { tone, word } = STATES[line.state]
  return (
    <li className="flex flex-col gap-0.5 px-3 py-2">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <code className="font-mono text-caption [overflow-wrap:anywhere]">{line.name}</code>
        <StateWord tone={tone}>{word}</StateWord>
      </div>
      {line.state !== 'allowed' && (
        <p className="text-caption text-muted">
          Without it: {line.gives}
          {line.optional && ' (optional)'}
        </p>
      )}
      {line.detail && <p className="text-caption text-muted [overflow-wrap:anywhere]">{line.detail}</p>}
      {line.fix && <p className="text-caption">{line.fix}</p>}
    </li>
  )
}

export function AccessChecklist() {
  const { state } = useForm()
  const report = state.result as AccessReport | undefined
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [report])
  if (!report) return null
  return (
    <section aria-labelledby="access-title" className="flex flex-col gap-2">
      <h2 id="access-title" ref={heading} tabIndex={-1} className="text-section focus:outline-none">
        {report.complete ? 'Everything needed is allowed' : 'Not everything is allowed'}
      </h2>
      {report.problem ? (
        <Notice tone="danger" title="Not even the list of scopes could be read.">
          {report.problem}
        </Notice>
      ) : (
        <p className="text-muted">
          Found: {report.scopes.join(', ') || 'nothing yet'}.{' '}
          {!report.complete && 'You can save it as it is: what is missing stays unknown, and is said so.'}
        </p>
      )}
      <ul className="divide-y divide-hairline rounded-lg border border-hairline">
        {report.permissions.map((line) => (
          <Line key={line.name} line={line} />
        ))}
      </ul>
    </section>
  )
}
