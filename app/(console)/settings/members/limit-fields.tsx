// Until when somebody has access, and what of it an auditor sees: the same fields for a new member and for one who is there.
import { SelectField, TextField } from '@/app/_form/field'
import type { ScopeToSee } from '@/governance/members/list-scopes'
import { TERMS } from './limits'
import { ScopesField } from './scopes-field'

type Props = {
  scopes: ScopeToSee[]
  /** Set where there were too many scopes to list. */
  more: boolean
  /** Of a member who is there: their last day, and the scopes they are limited to. */
  held?: { day?: string; scopes: readonly string[] }
  /** Whether scopes are offered: only an auditor can be limited to some. */
  isAuditor: boolean
}

export function LimitFields({ scopes, more, held, isAuditor }: Props) {
  const terms = held ? TERMS.filter(({ value }) => value !== 'usual') : TERMS
  return (
    <>
      <SelectField
        name="term"
        label="Access lasts"
        defaultValue={held ? (held.day ? 'day' : 'none') : 'usual'}
        options={terms}
      />
      <TextField
        name="until"
        label="Last day"
        type="date"
        optional
        defaultValue={held?.day}
        hint="In UTC, to its end. It counts where “Until the day below” is chosen."
      />
      {isAuditor && scopes.length > 0 && (
        <details open={Boolean(held?.scopes.length)}>
          <summary className="cursor-pointer text-ui font-medium">
            Limit to some scopes (auditors only)
          </summary>
          <div className="mt-2">
            <ScopesField
              options={scopes.map(({ id, name, nativeId }) => ({
                value: id,
                title: name === nativeId ? name : `${name} · ${nativeId}`,
              }))}
              held={held?.scopes ?? []}
              more={more}
            />
          </div>
        </details>
      )}
    </>
  )
}
