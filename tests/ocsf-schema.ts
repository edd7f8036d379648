// Checks events against the schema of OCSF as its own documents tell it: what is required, of which type, and what is not there at all.
import { readFileSync } from 'node:fs'

type Attribute = {
  type?: string
  requirement?: string
  is_array?: boolean
  profile?: string
  '@deprecated'?: boolean
  sibling?: string
  enum?: Record<string, string>
}
type Kind = {
  extends?: string
  uid?: number
  category?: string
  attributes: Record<string, Attribute>
  constraints?: { at_least_one?: string[]; just_one?: string[] }
}
type Schema = {
  types: Record<string, { type?: string; regex?: string; max_len?: number; range?: [number, number] }>
  categories: Record<string, number>
  dictionary: Record<string, Attribute>
  events: Record<string, Kind>
  objects: Record<string, Kind>
}
const schema = JSON.parse(
  readFileSync(new URL('../evidence/ocsf/fixtures/ocsf-1.8.0.json', import.meta.url), 'utf8'),
) as Schema

/** What a class or an object has with all that it extends; its own words come before those of what it extends. */
function compiled(kinds: Record<string, Kind>, name: string): Required<Pick<Kind, 'attributes'>> & Kind {
  const own = kinds[name]
  if (!own) throw new Error(`${name} is not in the schema that the test has`)
  const parent = own.extends ? compiled(kinds, own.extends) : undefined
  const attributes = { ...parent?.attributes }
  for (const [key, of] of Object.entries(own.attributes)) {
    const before = attributes[key] ?? schema.dictionary[key]
    attributes[key] = { ...before, ...of, ...(of.enum && { enum: { ...before?.enum, ...of.enum } }) }
  }
  return { ...parent, ...own, category: own.category ?? parent?.category, attributes }
}

function problemsOf(kind: Kind, value: Record<string, unknown>, at: string): string[] {
  const { attributes, constraints } = kind
  const missing = Object.entries(attributes).filter(
    ([key, { requirement, profile }]) => requirement === 'required' && !profile && value[key] === undefined,
  )
  return [
    ...missing.map(([key]) => `${at}.${key} is required`),
    ...(constraints?.at_least_one?.every((key) => value[key] === undefined)
      ? [`${at} needs one of ${constraints.at_least_one.join(', ')}`]
      : []),
    ...Object.entries(value).flatMap(([key, one]) => {
      const attribute = attributes[key]
      if (!attribute) return [`${at}.${key} is no attribute`]
      if (attribute.profile) return [`${at}.${key} is of the profile ${attribute.profile}`]
      if (attribute['@deprecated']) return [`${at}.${key} is deprecated`]
      return attributeProblems(attribute, one, value, `${at}.${key}`)
    }),
  ]
}

function attributeProblems(
  attribute: Attribute,
  value: unknown,
  holder: Record<string, unknown>,
  at: string,
): string[] {
  if (attribute.is_array) {
    if (!Array.isArray(value)) return [`${at} is no list`]
    return value.flatMap((one, n) => valueProblems(attribute, one, `${at}[${n}]`))
  }
  const known = attribute.enum?.[String(value)]
  if (attribute.enum && known === undefined) return [`${at} ${String(value)} is none of its values`]
  const sibling = attribute.sibling && holder[attribute.sibling]
  if (known !== undefined && known !== 'Other' && sibling !== undefined && sibling !== known)
    return [`${at} is ${known}, and ${attribute.sibling} says ${String(sibling)}`]
  return valueProblems(attribute, value, at)
}

function valueProblems({ type = '' }: Attribute, value: unknown, at: string): string[] {
  if (type === 'object') return typeof value === 'object' && value !== null ? [] : [`${at} is no object`]
  if (!type.endsWith('_t')) {
    if (typeof value !== 'object' || value === null) return [`${at} is no ${type}`]
    return problemsOf(compiled(schema.objects, type), value as Record<string, unknown>, at)
  }
  const { type: base = type, regex, max_len, range } = schema.types[type]!
  if (base === 'string_t') {
    if (typeof value !== 'string') return [`${at} is no text`]
    if (!value.isWellFormed()) return [`${at} is no Unicode`]
    if (regex && !new RegExp(regex).test(value)) return [`${at} is no ${type}`]
    return max_len !== undefined && value.length > max_len ? [`${at} is too long`] : []
  }
  if (base === 'boolean_t') return typeof value === 'boolean' ? [] : [`${at} is neither true nor false`]
  if (!Number.isSafeInteger(value)) return [`${at} is no whole number`]
  const number = value as number
  if (type === 'timestamp_t' && (number < 1e12 || number > 1e13)) return [`${at} is not in milliseconds`]
  return range && (number < range[0] || number > range[1]) ? [`${at} is out of range`] : []
}

/** What does not fit, in words; nothing where the event does. */
export function ocsfProblems(event: Record<string, unknown>): string[] {
  const [name, kind] =
    Object.entries(schema.events).find(([key]) => {
      const { category, uid } = compiled(schema.events, key)
      return uid !== undefined && schema.categories[category!]! * 1000 + uid === event.class_uid
    }) ?? []
  if (!name || !kind) return [`class_uid ${String(event.class_uid)} is no class`]
  const { category_uid, class_uid, type_uid, activity_id } = event as Record<string, number>
  return [
    ...(category_uid === Math.floor(class_uid! / 1000) ? [] : ['category_uid is of another category']),
    ...(type_uid === class_uid! * 100 + activity_id! ? [] : ['type_uid is of another activity']),
    ...problemsOf(withIds(compiled(schema.events, name)), event, name),
  ]
}

/** The schema names the ids of an event's own class and category only once it is compiled. */
function withIds(kind: Kind): Kind {
  const free = ({ enum: _, ...attribute }: Attribute): Attribute => attribute
  const { class_uid, category_uid } = kind.attributes
  return {
    ...kind,
    attributes: { ...kind.attributes, class_uid: free(class_uid!), category_uid: free(category_uid!) },
  }
}
