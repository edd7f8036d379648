// API tokens: made for oneself, shown once, always with an end.
import type { Metadata } from 'next'
import { listTokens, type TokenView } from '@/governance/tokens/list-tokens'
import { ActionForm } from '@/app/_form/action-form'
import { SelectField, TextField } from '@/app/_form/field'
import { Submit } from '@/app/_form/submit'
import { DataTable, type Column } from '@/app/_list/data-table'
import { requireActor } from '@/app/_session/actor'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { Section } from '@/app/_ui/section'
import { makeToken, takeBack } from './actions'
import { NewToken } from './new-token'

export const metadata: Metadata = { title: 'API tokens' }
const ENDS = [
  { value: '7', title: '7 days' },
  { value: '30', title: '30 days' },
  { value: '90', title: '90 days' },
  { value: '365', title: '1 year' },
]

const MAY = [
  { value: 'all', title: 'All that I may' },
  { value: 'source:receive', title: 'Only send events of a source' },
  { value: 'person:provision', title: 'Only keep people and teams, over SCIM' },
]

function Revoke({ token }: { token: TokenView }) {
  return (
    <ActionForm action={takeBack} label={`Revoke ${token.name}`} quiet>
      <input type="hidden" name="tokenId" value={token.id} />
      <Submit look="danger" className="h-7 px-2">
        Revoke <span className="sr-only">{token.name}</span>
      </Submit>
    </ActionForm>
  )
}

const COLUMNS: Column<TokenView>[] = [
  {
    key: 'name',
    title: 'Name',
    cell: (token) => (
      <>
        <span className="font-medium">{token.name}</span>
        {token.only && <span className="block text-caption text-muted">only {token.only}</span>}
      </>
    ),
  },
  {
    key: 'start',
    title: 'Begins with',
    cell: (token) => <code className="font-mono text-caption">{token.start}…</code>,
  },
  { key: 'owner', title: 'Of', cell: (token) => token.ownerName },
  { key: 'created', title: 'Made', cell: (token) => <Moment at={token.createdAt} /> },
  {
    key: 'used',
    title: 'Last used',
    cell: (token) =>
      token.lastUsedAt ? <Moment at={token.lastUsedAt} /> : <span className="text-muted">Never</span>,
  },
  {
    key: 'ends',
    title: 'Ends',
    cell: (token) => (token.expiresAt ? <Moment at={token.expiresAt} /> : 'Never'),
  },
  { key: 'revoke', title: 'Actions', cell: (token) => <Revoke token={token} /> },
]

export default async function TokensPage() {
  const actor = await requireActor('token:manage')
  const tokens = await listTokens(actor)
  return (
    <Page
      title="API tokens"
      crumbs={[{ title: 'Settings', href: '/settings/appearance' }]}
      lead="A token may do what you may do, or less, and ends by itself. Send it as Authorization: Bearer."
    >
      {tokens.length > 0 ? (
        <DataTable caption="API tokens" columns={COLUMNS} rows={tokens} rowKey={(token) => token.id} />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          There is no token.
        </p>
      )}
      <Section id="make" title="Make a token">
        <ActionForm
          action={makeToken}
          label="Make a token"
          resets
          quiet
          className="flex max-w-104 flex-col gap-4"
        >
          <TextField name="name" label="What it is for" required maxLength={100} autoComplete="off" />
          <SelectField name="expiresInDays" label="Ends after" defaultValue="90" options={ENDS} />
          <SelectField name="only" label="What it may do" defaultValue="all" options={MAY} />
          <div>
            <Submit busy="Making…">Make token</Submit>
          </div>
          <NewToken />
        </ActionForm>
      </Section>
    </Page>
  )
}
