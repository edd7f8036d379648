// Routes of credentials and stored secrets. Metadata only: no route has a place for a value.
import { route, type AnyRoute } from '@/app/_http/route'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { CredentialFilter } from '@/core/list'
import { credentialColumns } from '@/inventory/queries/columns'
import { eachCredential } from '@/inventory/queries/each-credential'
import { getCredential } from '@/inventory/queries/get-credential'
import { listCredentials } from '@/inventory/queries/list-credentials'
import { Credential, CredentialDetail } from './credential-schemas'
import { CSV, Export } from './export-query'
import { pageOf } from './schemas'

export const credentialRoutes: readonly AnyRoute[] = [
  route({
    method: 'GET',
    path: '/credentials',
    past: true,
    permission: 'identity:read',
    summary: 'Lists credentials and stored secrets',
    description:
      'One page as JSON, or every matching row as CSV. Metadata only, never a value. The parameters are those of the page.',
    query: CredentialFilter.extend(Export),
    status: 200,
    answer: pageOf(Credential),
    also: CSV,
    handle: ({ actor, query: { format, cols, ...filter }, request }) =>
      csvOrPage({
        request,
        format,
        cols,
        name: 'credentials',
        columns: credentialColumns,
        each: () => eachCredential(actor, filter),
        page: () => listCredentials(actor, filter),
      }),
  }),
  route({
    method: 'GET',
    path: '/credentials/{id}',
    past: true,
    permission: 'identity:read',
    summary: 'Shows one credential or stored secret with every fact, its source and its time',
    places: { id: 'Its id.' },
    status: 200,
    answer: CredentialDetail,
    fails: ['not-found'],
    handle: ({ actor, params }) => getCredential(actor, params.id ?? ''),
  }),
]
