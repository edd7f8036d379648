'use client'
// What came of checking a countersignature.
import type { CheckedCountersignature } from '@/evidence/verify/verify-countersignature'
import { CopyButton } from '@/app/_ui/copy-button'
import { absolute } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { countersignedHeadline } from './outcome-words'

export function Countersigned({ checked }: { checked: CheckedCountersignature }) {
  const { problems, countersignature } = checked
  const { tone, title, then } = countersignedHeadline(checked)
  return (
    <Notice tone={tone} title={title}>
      <p>{then}</p>
      {problems.length > 0 && (
        <ul className="mt-2 list-disc pl-4">
          {problems.map(({ kind, words }) => (
            <li key={kind}>{words}</li>
          ))}
        </ul>
      )}
      {countersignature && (
        <p className="mt-2">
          It says: “<bdi>{countersignature.statement}</bdi>”, signed {absolute(countersignature.at)} with key{' '}
          <span className="font-mono text-caption [overflow-wrap:anywhere]">{countersignature.key}</span>{' '}
          <CopyButton text={countersignature.key} what="the key of the countersignature" />
        </p>
      )}
    </Notice>
  )
}
