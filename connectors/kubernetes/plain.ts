// An object as people write it: without the fields that are empty.
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)

const plainValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one: unknown) => plainValue(one))
  return typeof value === 'object' && value !== null ? plain(value) : value
}

/** What stands in a list stays, even where nothing is in it: an empty rule of a list means everything. */
export const plain = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      .map(([field, inner]): [string, unknown] => [field, plainValue(inner)])
      .filter(([, inner]) => !isEmpty(inner)),
  )
