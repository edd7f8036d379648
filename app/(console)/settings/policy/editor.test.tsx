// The editor as the server renders it: a field for all that can be set, and none that a reader could change.
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { DEFAULT_POLICY } from '@/core/policy'
import { ruleFields } from '@/governance/policy/rule-settings'
import { PolicyEditor } from './editor'

const rendered = (readOnly: boolean) =>
  renderToStaticMarkup(
    // What the router gives: links carry the moment of the address on.
    <SearchParamsContext value={new URLSearchParams()}>
      <PolicyEditor
        policy={DEFAULT_POLICY}
        version={0}
        rules={ruleFields()}
        readOnly={readOnly}
        action={vi.fn()}
      />
    </SearchParamsContext>,
  )
const fields = (html: string) => [...html.matchAll(/<(?:input|select|textarea)[^>]*>/g)].map(([tag]) => tag)

test('every parameter of every rule has a field of its path', () => {
  const html = rendered(false)
  for (const { id, params } of ruleFields())
    for (const { name } of params) expect(html).toContain(`name="rules.${id}.params.${name}"`)
  for (const path of [
    'environments.tags',
    'environments.names.0.also',
    'environments.places.11.place',
    'endTags',
    'ownerTags',
  ])
    expect(html).toContain(`name="${path}"`)
  expect(html).toContain('Preview changes')
  expect(fields(html).filter((tag) => tag.includes('disabled=""'))).toEqual([])
})

test('a reader changes nothing', () => {
  const html = rendered(true)
  expect(fields(html).length).toBeGreaterThan(100)
  expect(fields(html).filter((tag) => !tag.includes('disabled=""'))).toEqual([])
  expect(html).not.toContain('Preview changes')
})
