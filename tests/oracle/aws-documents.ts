// Short ways to write permission documents in tests, and the form of a case worked out by hand.
import type { HeldDocument } from '@/core/evaluator'

export type Case = {
  /** Why the answer is what it is. */
  because: string
  held: HeldDocument[]
  answer: 'yes' | 'no' | 'depends'
  /** Something the explanation has to say. */
  says?: RegExp
}

export type Raw = Record<string, unknown>

export const allow = (action: unknown, resource: unknown = '*', more: Raw = {}): Raw => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})
export const deny = (action: unknown, resource: unknown = '*', more: Raw = {}): Raw => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
})
export const allowExcept = (action: unknown, resource: unknown = '*', more: Raw = {}): Raw => ({
  Effect: 'Allow',
  NotAction: action,
  Resource: resource,
  ...more,
})
export const denyExcept = (action: unknown, resource: unknown = '*', more: Raw = {}): Raw => ({
  ...allowExcept(action, resource, more),
  Effect: 'Deny',
})
export const when = (operator: string, key: string, value: unknown): Raw => ({
  Condition: { [operator]: { [key]: value } },
})
export const MFA = when('Bool', 'aws:MultiFactorAuthPresent', 'true')
export const NO_MFA = when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false')

const document = (
  name: string,
  effect: HeldDocument['effect'],
  via: string,
  statements: Raw[],
): HeldDocument => ({
  name,
  effect,
  via,
  document: { Version: '2012-10-17', Statement: statements },
})
export const attached = (...statements: Raw[]): HeldDocument =>
  document('Attached', 'allow', 'attached', statements)
export const inline = (...statements: Raw[]): HeldDocument =>
  document('Inline', 'allow', 'inline', statements)
export const group = (...statements: Raw[]): HeldDocument => document('Team', 'allow', 'group', statements)
export const boundary = (...statements: Raw[]): HeldDocument =>
  document('Boundary', 'limit', 'boundary', statements)
export const unreadable = (effect: HeldDocument['effect'] = 'allow'): HeldDocument => ({
  name: 'Hidden',
  effect,
  via: effect === 'limit' ? 'boundary' : 'attached',
})

export const ROLES = 'arn:aws:iam::*:role/*'
export const USERS = 'arn:aws:iam::*:user/*'
export const NEW_ROLE = ['iam:CreateRole', 'iam:AttachRolePolicy']
export const NEW_USER = ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey']
