// Routes of credentials and stored secrets. Metadata only: no route has a place for a value.
import { route, type AnyRoute } from '@/app/_http/route'
import { csvOrPage } from '@/app/_http/csv-or-page'
import { CredentialFilter } from '@/core/list'
import { replacementOf } from '@/governance/access/replacement/replacement-of'
import { credentialColumns } from '@/inventory/queries/columns'
import { eachCredential } from '@/inventory/queries/each-credential'
import { getCredential } from '@/inventory/queries/get-credential'
import { listCredentials } from '@/inventory/queries/list-credentials'
import { Credential, CredentialDetail } from './credential-schemas'
import { CSV, Export } from './export-query'
import { ReplacementAnswer } from './replacement-schemas'
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
  route({
    method: 'GET',
    path: '/credentials/{id}/replacement',
    permission: 'identity:read',
    summary: 'What could take the place of a lasting credential: ways, each with its configuration and steps',
    description:
      'Written from what is known of the credential, its holder and the issuers of its scope. What is not known is marked FILL_IN and never made up; trust that is written lets in one exact subject. Nothing of it is run.',
    places: { id: 'Its id.' },
    status: 200,
    answer: ReplacementAnswer,
    fails: ['not-found'],
    handle: ({ actor, params }) => replacementOf(actor, params.id ?? ''),
  }),
]
