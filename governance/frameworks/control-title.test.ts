// Control ids resolve to the exact active entry and to nothing else.
import { expect, test } from 'vitest'
import { controlTitle } from './control-title'
import { CSF2 } from './csf2'
import { OWASP_NHI } from './owasp-nhi'

test('an id of each framework gives its title', () => {
  expect(controlTitle('owasp-nhi:NHI1:2025')).toBe('Improper Offboarding')
  expect(controlTitle('csf:PR.AA-01')).toBe(
    'Identities and credentials for authorized users, services, and hardware are managed by the organization',
  )
})

test.each([
  'csf:PR.AC-01', // withdrawn
  'csf:PR.AC-1', // the 1.1 way of writing
  'owasp-nhi:NHI1',
  'owasp-nhi:NHI11:2025',
  'csf:constructor',
  'PR.AA-01',
  'csf:',
  '',
])('%s is no active control', (control) => expect(controlTitle(control)).toBeUndefined())

test('the lists are whole', () => {
  expect(Object.keys(CSF2)).toHaveLength(106)
  expect(Object.keys(OWASP_NHI)).toHaveLength(10)
})
