// What is taken from events of the Activity Log: who by the object id alone, which action where, and how it ended. Other claims
// of the token (names, addresses), the request and its answer are never decoded.
// https://learn.microsoft.com/azure/azure-monitor/essentials/activity-log-schema
import { z } from 'zod'
import { hasSecretForm } from '@/core/secret-like'
import { resourceId } from './keys'

const OBJECT_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
/** `category` is not among the properties that can be asked for: see `isOfOthers`. */
export const SELECTED = 'authorization,claims,operationName,status,subStatus'

const MaybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? '')
const Valued = z
  .object({ value: MaybeText })
  .nullish()
  .transform((one) => one?.value ?? '')

/** Writes, deletes and actions: what changes something, or makes a resource do something. */
const CHANGES = /\/(write|delete|action)$/i
const ACTION = /^[a-z0-9.-]+(\/[a-z0-9._$-]+)+$/
const ACTION_CHARS_MAX = 300

/**
 * `begun`: the record of a start, which another one follows. `refused`: it failed for lack of rights. Everything else is use,
 * whatever came of it.
 */
export type Outcome = 'begun' | 'refused' | 'used'
/** The sub-status is "usually the HTTP status code of the corresponding REST call". */
const LACKS_RIGHTS = /^(forbidden|unauthorized|40[13]|(linked)?authorizationfailed)\b/i
function outcomeOf(status: string, subStatus: string): Outcome {
  if (/^start(ed)?$/i.test(status)) return 'begun'
  return /^fail(ed|ure)?$/i.test(status) && LACKS_RIGHTS.test(subStatus) ? 'refused' : 'used'
}

/** Events of policies bear the token of whoever asked for what they are about; that is told in an event of its own. */
const isOfOthers = (category: string, operation: string): boolean =>
  (category !== '' && category.toLowerCase() !== 'administrative') ||
  operation.toLowerCase().startsWith('microsoft.authorization/policies/')

export type Deed = {
  /** Object id of a principal. */
  principal: string
  /** In lower case: upper and lower case mean the same, and differ from event to event. Undefined: it is not in a form known here. */
  action: string | undefined
  /** Empty where it is not told. */
  scope: string
  outcome: Outcome
}
/** Undefined where it says nothing of what a principal changed. */
export const ActivityEvent = z
  .object({
    authorization: z.object({ action: MaybeText, scope: MaybeText }).nullish(),
    claims: z.object({ [OBJECT_ID]: MaybeText }).nullish(),
    operationName: Valued,
    category: Valued,
    status: Valued,
    subStatus: Valued,
  })
  .transform(({ authorization, claims, operationName, category, status, subStatus }): Deed | undefined => {
    const principal = (claims?.[OBJECT_ID] ?? '').toLowerCase()
    const told = authorization?.action || operationName
    if (principal === '' || isOfOthers(category, operationName)) return undefined
    if (told !== '' && !CHANGES.test(told)) return undefined
    const action = told.toLowerCase()
    const isKnown = action.length <= ACTION_CHARS_MAX && ACTION.test(action) && !hasSecretForm(told)
    return {
      principal,
      action: isKnown ? action : undefined,
      scope: resourceId(authorization?.scope ?? ''),
      outcome: outcomeOf(status, subStatus),
    }
  })
export type ActivityEvent = z.output<typeof ActivityEvent>
