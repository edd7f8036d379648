// Safeguards of the CIS Controls that bear on non-human identities, by title.
import type { Framework } from '../framework'

export const cis: Framework = {
  id: 'cis',
  title: 'CIS Controls',
  version: '8.1',
  publisher: 'Center for Internet Security',
  licence: 'Copyright of CIS: titles only, the remarks are ours.',
  quotable: false,
  note: 'Those that bear on non-human identities.',
  controls: [
    {
      id: '5.1',
      title: 'Establish and Maintain an Inventory of Accounts',
      gist: 'User, administrator and service accounts; looked through at least quarterly.',
    },
    { id: '5.2', title: 'Use Unique Passwords' },
    { id: '5.3', title: 'Disable Dormant Accounts', gist: 'After 45 days without activity.' },
    { id: '5.4', title: 'Restrict Administrator Privileges to Dedicated Administrator Accounts' },
    {
      id: '5.5',
      title: 'Establish and Maintain an Inventory of Service Accounts',
      gist: 'Each with who owns it, when it was reviewed and what it is for; looked through at least quarterly.',
    },
    { id: '5.6', title: 'Centralize Account Management' },
    { id: '6.1', title: 'Establish an Access Granting Process' },
    { id: '6.2', title: 'Establish an Access Revoking Process' },
    { id: '6.6', title: 'Establish and Maintain an Inventory of Authentication and Authorization Systems' },
    { id: '6.7', title: 'Centralize Access Control' },
    { id: '6.8', title: 'Define and Maintain Role-Based Access Control' },
    { id: '8.2', title: 'Collect Audit Logs' },
    { id: '15.1', title: 'Establish and Maintain an Inventory of Service Providers' },
    {
      id: '15.7',
      title: 'Securely Decommission Service Providers',
      gist: 'Their service accounts are switched off among other things.',
    },
    { id: '16.8', title: 'Separate Production and Non-Production Systems' },
  ],
}
