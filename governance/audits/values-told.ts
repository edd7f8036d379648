// The values of a drawn row as people read them: in the order of the list it is from, under the titles of its columns. Pure.
import { credentialColumns, findingColumns, identityColumns, type Column } from '@/inventory/queries/columns'
import type { ItemView } from './list-items'

const titles = (columns: readonly Column<never>[]) => columns.map(({ key, title }) => ({ key, title }))
const TITLES: Record<string, readonly { key: string; title: string }[]> = {
  identity: titles(identityColumns),
  credential: titles(credentialColumns),
  secret: titles(credentialColumns),
  finding: titles(findingColumns),
}

/** What is empty is left out: the question did not arise. */
export const valuesTold = ({
  subject,
  values,
}: Pick<ItemView, 'subject' | 'values'>): { key: string; title: string; value: string }[] =>
  (TITLES[subject?.kind ?? ''] ?? []).flatMap(({ key, title }) => {
    const value = values?.[key]
    return value ? [{ key, title, value }] : []
  })
