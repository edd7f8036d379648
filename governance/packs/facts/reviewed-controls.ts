// Controls that ask for access to be reviewed: what people decided and signed off is evidence toward these. Our judgement.
export const REVIEWED: ReadonlySet<string> = new Set([
  'pci-dss:7.2.4',
  'pci-dss:7.2.5.1',
  'nist-800-53:AC-2',
  'nist-800-53:AC-6(7)',
  'csf:PR.AA-05',
  'csf:GV.RR-02',
  'cis:5.1',
  'cis:5.5',
  'cis:6.8',
  'iso-27001:A.5.18',
  'iso-27001:A.8.2',
  'soc2:CC6.2',
  'soc2:CC6.3',
  'dora:RTS Art. 21(e)(iv)',
  'nis2:CIR 11.2.3',
  'nis2:CIR 11.5.4',
])

/** @param control with its framework: `csf:PR.AA-05` */
export const isReviewed = (control: string): boolean => REVIEWED.has(control)
