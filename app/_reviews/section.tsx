// One section of a card: what is told, or that it is not known, with why. Always there, always in the same place.
import type { ReactNode } from 'react'
import type { Section } from '@/core/campaign'
import { StateWord } from '@/app/_ui/state-word'

export function Row({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[9.5rem_1fr] gap-x-4 gap-y-0.5 border-t border-hairline px-4 py-2.5 first:border-0 max-sm:grid-cols-1">
      <h2 className="text-ui font-medium text-muted">{title}</h2>
      <div className="min-w-0 text-prose [overflow-wrap:anywhere]">{children}</div>
    </div>
  )
}

export function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 1) return <p>{lines[0]}</p>
  return (
    <ul className="flex flex-col gap-0.5">
      {lines.map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  )
}

export function SectionRow({ title, section }: { title: string; section: Section }) {
  return (
    <Row title={title}>
      {section.state === 'unknown' && (
        <p>
          <StateWord tone="unknown">Unknown</StateWord>: {section.why}
        </p>
      )}
      {section.lines && <Lines lines={section.lines} />}
    </Row>
  )
}
