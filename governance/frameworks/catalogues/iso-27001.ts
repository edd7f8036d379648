// Controls of Annex A of ISO/IEC 27001:2022 that bear on non-human identities, by title.
import type { Framework } from '../framework'

export const iso27001: Framework = {
  id: 'iso-27001',
  title: 'ISO/IEC 27001 Annex A',
  version: '2022',
  publisher: 'ISO and IEC',
  licence: 'Copyright of ISO: titles only.',
  quotable: false,
  note: 'Those that bear on non-human identities.',
  controls: [
    { id: 'A.5.3', title: 'Segregation of duties' },
    { id: 'A.5.9', title: 'Inventory of information and other associated assets' },
    { id: 'A.5.15', title: 'Access control' },
    { id: 'A.5.16', title: 'Identity management' },
    { id: 'A.5.17', title: 'Authentication information' },
    { id: 'A.5.18', title: 'Access rights' },
    { id: 'A.5.19', title: 'Information security in supplier relationships' },
    { id: 'A.5.20', title: 'Addressing information security within supplier agreements' },
    { id: 'A.5.23', title: 'Information security for use of cloud services' },
    { id: 'A.8.2', title: 'Privileged access rights' },
    { id: 'A.8.3', title: 'Information access restriction' },
    { id: 'A.8.5', title: 'Secure authentication' },
    { id: 'A.8.9', title: 'Configuration management' },
    { id: 'A.8.15', title: 'Logging' },
    { id: 'A.8.16', title: 'Monitoring activities' },
    { id: 'A.8.24', title: 'Use of cryptography' },
    { id: 'A.8.31', title: 'Separation of development, test and production environments' },
  ],
}
