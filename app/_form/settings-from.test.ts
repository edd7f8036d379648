// Typed settings in the shape a connector's schema reads.
import { expect, test } from 'vitest'
import type { SettingsField } from '@/governance/connections/settings-shape'
import { settingsFrom } from './settings-from'

const field = (path: string, type: SettingsField['type'] = 'text'): SettingsField => ({
  path,
  type,
  title: path,
  secret: false,
  required: false,
})

test('nested, numbered, listed and ticked fields; empty ones are left out', () => {
  const form = new FormData()
  form.set('settings.address', ' https://x.example ')
  form.set('settings.login.name', 'reader')
  form.set('settings.port', '8200')
  form.set('settings.tenants', 'a\n b,c\n')
  form.set('settings.verify', 'true')
  form.set('settings.profile', '  ')
  form.set('other', 'ignored')
  const fields = [
    field('address'),
    field('login.name'),
    field('port', 'number'),
    field('tenants', 'list'),
    field('verify', 'boolean'),
    field('profile'),
  ]
  expect(settingsFrom(form, fields)).toEqual({
    address: 'https://x.example',
    login: { name: 'reader' },
    port: 8200,
    tenants: ['a', 'b', 'c'],
    verify: true,
  })
})
