'use client'
// What came of taking the hash of a population again.
import type { PopulationCheck } from '@/governance/campaigns/check-population'
import { useForm } from '@/app/_form/action-form'
import { Notice } from '@/app/_ui/notice'

export function CheckResult() {
  const check = useForm().state.result as PopulationCheck | undefined
  if (!check) return null
  if (check.holds)
    return (
      <Notice role="status" title="It is as it was frozen">
        The hash was taken again from {check.rows.toLocaleString('en')} cards, and is the same.
      </Notice>
    )
  return (
    <Notice role="alert" tone="danger" title="It is not as it was frozen">
      <p>
        From {check.rows.toLocaleString('en')} cards the hash is{' '}
        <code className="font-mono">{check.computed}</code>.
      </p>
      {check.wrong.length > 0 && (
        <>
          <p>These cards are not the ones that were frozen:</p>
          <ul className="list-disc pl-4 font-mono text-caption">
            {check.wrong.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
