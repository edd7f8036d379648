// Reads the settings schema of a connector or a sender as a list of fields: the form, the redacted view and the merge come from it.
import { z } from 'zod'

export type SettingsField = {
  /** Name of the field, with dots where it is nested. */
  path: string
  title: string
  description?: string
  placeholder?: string
  /** Write-only: its value never leaves the server. */
  secret: boolean
  required: boolean
  /** Where the connector will turn to: whoever sets it decides who gets to see the secrets. */
  address?: true
  type: 'text' | 'number' | 'boolean' | 'choice' | 'list'
  choices?: string[]
  default?: unknown
}

/** What a JSON schema made by zod says about one place. */
type Node = {
  type?: string
  format?: string
  title?: string
  description?: string
  placeholder?: string
  secret?: boolean
  address?: boolean
  default?: unknown
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Node>
  items?: Node
  required?: string[]
  anyOf?: Node[]
  oneOf?: Node[]
  allOf?: Node[]
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

const branches = (node: Node): Node[] => [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])]
/** Whether a place is a group of fields rather than one. */
const isGroup = (node: Node): boolean => node.properties !== undefined || branches(node).some(isGroup)
const SCALARS = ['string', 'number', 'integer', 'boolean', 'null']
const isPlain = (node: Node): boolean =>
  branches(node).length
    ? branches(node).every(isPlain)
    : node.enum !== undefined || node.const !== undefined || SCALARS.includes(node.type ?? '')

/** Marked so, or of a shape in which a secret could hide unseen. */
const isSecret = (node: Node): boolean =>
  JSON.stringify(node).includes('"secret":true') ||
  !(isPlain(node) || (node.type === 'array' && node.items !== undefined && isPlain(node.items)))

function typeOf(node: Node): Pick<SettingsField, 'type' | 'choices'> {
  const only = branches(node).find((branch) => branch.type !== 'null')
  if (only) return typeOf(only)
  const choices = node.enum ?? (node.const === undefined ? undefined : [node.const])
  if (choices) return { type: 'choice', choices: choices.filter(isScalar).map(String) }
  if (node.type === 'array') return { type: 'list' }
  if (node.type === 'boolean') return { type: 'boolean' }
  if (node.type === 'number' || node.type === 'integer') return { type: 'number' }
  return { type: 'text' }
}

function* fieldsOf(node: Node, prefix: string, required: boolean): Generator<SettingsField> {
  for (const part of node.allOf ?? []) yield* fieldsOf(part, prefix, required)
  // One of several shapes: a field that not all of them ask for cannot be asked of everyone.
  for (const part of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) yield* fieldsOf(part, prefix, false)
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const path = prefix ? `${prefix}.${name}` : name
    const asked = required && (node.required ?? []).includes(name)
    if (isGroup(child)) yield* fieldsOf(child, path, asked)
    else yield toField(child, path, name, asked)
  }
}

function toField(node: Node, path: string, name: string, required: boolean): SettingsField {
  const { title = name, description, placeholder } = node
  const secret = isSecret(node)
  return {
    path,
    title,
    ...(description !== undefined && { description }),
    ...(placeholder !== undefined && { placeholder }),
    secret,
    required,
    ...((node.format === 'uri' || node.address) && { address: true as const }),
    ...typeOf(node),
    ...(isScalar(node.default) && !secret && { default: node.default }),
  }
}

/** One entry a path. A path that is secret in any shape of the settings is secret. */
export function settingsShape(schema: z.ZodType): SettingsField[] {
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node
  const byPath = new Map<string, SettingsField>()
  for (const field of fieldsOf(root, '', true)) {
    const held = byPath.get(field.path)
    if (!held) byPath.set(field.path, field)
    else byPath.set(field.path, { ...merged(held, field), secret: held.secret || field.secret })
  }
  return [...byPath.values()]
}

const merged = (a: SettingsField, b: SettingsField): SettingsField => {
  const choices = [...new Set([...(a.choices ?? []), ...(b.choices ?? [])])]
  return { ...b, ...a, ...(choices.length && { choices }) }
}
