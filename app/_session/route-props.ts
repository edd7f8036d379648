// What Next hands to a page: the parameters of its path and of its query.
import type { RawParams } from '../_list/query'

export type SearchProps = { searchParams: Promise<RawParams> }
export type IdProps = SearchProps & { params: Promise<{ id: string }> }
