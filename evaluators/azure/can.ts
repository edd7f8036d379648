// Answers what a principal may do: says which part of the tenant a question is about, and who decides there.
import type { AccessAnswer, Question } from '@/core/access'
import { agree, depends, type Answer } from '../three-valued'
import { attributesOf } from './abac/evaluate'
import { judged, type Asked, type At } from './arm'
import { holdsPermission, mayDo, whereOf } from './directory'
import { inVault, isVaultData, MODE_UNKNOWN } from './key-vault'
import { forced } from './planes'
import { scopeOf } from './scopes'
import { short } from './words'

/** Whether a vault decides by roles, where whoever asks knows: `enableRbacAuthorization`, as the vault calls it. */
const MODE = 'enablerbacauthorization'

function modeOf(attributes: ReadonlyMap<string, readonly string[]>): 'roles' | 'policies' | undefined {
  const told = attributes.get(MODE)?.[0]?.toLowerCase()
  return told === 'true' ? 'roles' : told === 'false' ? 'policies' : undefined
}

const DIRECTORY = /^microsoft\.directory\//i
/** A permission of an API: `RoleManagement.ReadWrite.Directory`, `full_access_as_app`. */
const PERMISSION = /^[\w.-]+$/
const ACTION = /^[\w.-]+(\/[\w.$-]+)+$/

function onResource({ action: text, resource, context }: Question, at: At): Answer {
  const { action, plane } = forced(text)
  if (!ACTION.test(action)) return depends(`${short(text)} is no single action: it cannot be judged.`)
  const target = scopeOf(resource)
  const attributes = attributesOf(context)
  const planes = plane ? [plane] : at.tenant.planes.of(action)
  const answers = planes.map((one): Answer => {
    const asked: Asked = { plane: one, target, request: { action, resource, attributes } }
    const answer = isVaultData(action, one) ? inVault(asked, at, modeOf(attributes)) : judged(asked, at)
    if (target !== undefined || answer.value !== 'yes') return answer
    return depends(`${short(resource)} is no id of a resource.`, ...answer.because)
  })
  return agree(
    answers,
    `No role that was read says whether ${action} is about a resource or about the data in it: put control: or data: before it.`,
  )
}

function answered(question: Question, at: At): Answer {
  const { action, resource } = question
  if (DIRECTORY.test(action)) return mayDo(at.holding, action.trim().toLowerCase(), whereOf(resource))
  if (action.includes('/')) return onResource(question, at)
  const api = resource.trim().toLowerCase()
  if (!PERMISSION.test(action.trim()))
    return depends(`${short(action)} is no action and no permission that is known here.`)
  if (api.startsWith('/')) return depends(`${short(action)} is no action of a resource.`)
  return holdsPermission(at.holding, action.trim().toLowerCase(), api === '' ? 'graph' : api)
}

/** What rests on something that was not seen whole is open. */
export function can(question: Question, at: At): AccessAnswer {
  const answer = answered(question, at)
  const { tenant } = at
  const aboutArm = question.action.includes('/') && !DIRECTORY.test(question.action)
  const missing =
    answer.value === 'no' && !answer.because[0]?.startsWith('The deny assignment')
      ? tenant.unseen('grants')
      : answer.value === 'yes' && aboutArm
        ? tenant.unseen('rulings')
        : []
  const because = [...answer.because]
  const open = because.includes(MODE_UNKNOWN) ? [MODE_UNKNOWN] : []
  if (missing.length === 0) return { answer: answer.value, because, ...(open.length && { missing: open }) }
  return { answer: 'depends', because, missing: [...missing] }
}
